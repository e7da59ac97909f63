"""The requirements, one class each; a class's docstring is its manual."""

from __future__ import annotations

from linter.rules.agreement import AgreementRule
from linter.rules.base import Rule
from linter.rules.complaint_channel import ComplaintChannel
from linter.rules.confidence import Confidence, read_confidence
from linter.rules.developer_provides_service import DeveloperProvidesService
from linter.rules.developer_responsibility import DeveloperResponsibility
from linter.rules.document import DocumentRule, NotAPrivacyPolicy, UnreadableDocument
from linter.rules.entity_contact import EntityContact
from linter.rules.entity_name import EntityName
from linter.rules.entity_privacy_policy import EntityPrivacyPolicy
from linter.rules.impact_assessment import ImpactAssessment
from linter.rules.information_scope import InformationScope
from linter.rules.processing_method import ProcessingMethod
from linter.rules.processing_purpose import ProcessingPurpose
from linter.rules.separate_consent import SeparateConsent
from linter.rules.technical_services_only import TechnicalServicesOnly

__all__ = [
    "AGREEMENT_REQUIREMENTS",
    "REQUIREMENTS",
    "RULES",
    "Confidence",
    "DocumentRule",
    "Rule",
    "read_confidence",
]

REQUIREMENTS: tuple[Rule, ...] = (
    EntityName(),
    EntityContact(),
    ProcessingPurpose(),
    ProcessingMethod(),
    InformationScope(),
    EntityPrivacyPolicy(),
    SeparateConsent(),
    ImpactAssessment(),
)
# Owed where a user agreement is judged.
AGREEMENT_REQUIREMENTS: tuple[AgreementRule, ...] = (
    TechnicalServicesOnly(),
    DeveloperProvidesService(),
    DeveloperResponsibility(),
    ComplaintChannel(),
)
_DOCUMENT_RULES: tuple[DocumentRule, ...] = (UnreadableDocument(), NotAPrivacyPolicy())
_ALL: tuple[Rule | DocumentRule, ...] = (*_DOCUMENT_RULES, *REQUIREMENTS, *AGREEMENT_REQUIREMENTS)
RULES: dict[str, Rule | DocumentRule] = {rule.code: rule for rule in _ALL}
