// The document as it is drawn, written as HTML: shadow trees and slots in the place where they
// show, elements that no one sees marked with `hidden`, frames as comments that the caller fills
// in. Runs in an isolated world: what the page did to its built-ins is not met here.
// options: {bytes, milliseconds, token, whole}; frames: the iframe elements, in order.
(function (options, ...frames) {
  const skipped = new Set(["script", "style", "noscript", "template", "svg", "canvas", "audio",
    "video", "object", "embed"]);
  const empty = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr"]);
  const numbers = new Map(frames.map((frame, number) => [frame, number]));
  const end = performance.now() + options.milliseconds;
  const out = [];
  let size = 0;
  let truncated = false;

  function emit(text) {
    size += text.length;
    out.push(text);
  }

  function escaped(text) {
    return text.replace(/[&<>"\0]/g, (c) => (c === "\0" ? "" : `&#${c.charCodeAt(0)};`));
  }

  // display:none hides all within; what is visible within visibility:hidden shows.
  function concealed(element) {
    if (element.checkVisibility({ visibilityProperty: true })) return false;
    const style = getComputedStyle(element);
    if (style.display === "none") return true;
    if (style.visibility === "visible") return false;
    for (const inner of element.getElementsByTagName("*"))
      if (getComputedStyle(inner).visibility === "visible") return false;
    return true;
  }

  function attributes(element, hidden) {
    if (!element.hasAttributes() && !hidden && element.localName !== "input") return "";
    const written = [];
    for (const { name, value } of Array.from(element.attributes).slice(0, 64)) {
      if (!/^[a-z][a-z0-9-]*$/.test(name) || name.startsWith("on")) continue;
      if (["hidden", "srcdoc", "value", "srcset"].includes(name)) continue;
      let said = value;
      if (name === "href" && /^https?:/.test(element.href)) said = element.href;
      // What is hidden was computed; what the attribute says may be overruled.
      if (name === "style") said = said.replace(/\b(display|visibility)\s*:[^;]*;?/gi, "");
      written.push(` ${name}="${escaped(said.slice(0, 4000))}"`);
    }
    if (element.localName === "input" && element.type !== "password")
      written.push(` value="${escaped(element.value)}"`);
    if (hidden) written.push(" hidden");
    return written.join("");
  }

  // What shows within an element, and what its shadow tree leaves out, as [node, hidden].
  function children(element, hidden) {
    if (element.shadowRoot) {
      const left = Array.from(element.childNodes).filter((n) => n.nodeType < 4 && !n.assignedSlot);
      return [...Array.from(element.shadowRoot.childNodes, (node) => [node, hidden]),
        ...left.map((node) => [node, true])];
    }
    if (!element.firstChild && element.localName !== "slot") return [];
    const slotted = element.localName === "slot" && element.assignedNodes
      ? element.assignedNodes() : [];
    const nodes = slotted.length ? slotted : element.childNodes;
    return Array.from(nodes, (node) => [node, hidden]);
  }

  // Taken from the end; a string is written as it is.
  const pending = [];

  // hidden: it is known that no one sees it; mark: no element around it says so.
  function enter(element, hidden, mark) {
    const name = /^[a-z][a-z0-9-]*$/.test(element.localName) ? element.localName : "span";
    if (skipped.has(name)) return;
    const inHead = name === "head" || name === "html" || element.parentNode === document.head;
    const unseen = hidden || (!inHead && concealed(element));
    const marked = attributes(element, unseen && (mark || !hidden));
    if (name === "iframe") {
      const number = numbers.get(element);
      // Not an iframe any more: parsers take what stands in one for raw text.
      if (number !== undefined)
        emit(`<div data-frame=""${marked}><!--${options.token} ${number}--></div>`);
      else emit(`<iframe${marked}></iframe>`);
      return;
    }
    emit(`<${name}${marked}>`);
    if (empty.has(name)) return;
    pending.push(`</${name}>`);
    if (name === "textarea") {
      emit(escaped(element.value));
      return;
    }
    for (const [node, within] of children(element, unseen).reverse())
      pending.push([node, within, within && !unseen]);
  }

  function text(node, mark) {
    const left = options.bytes - size;
    truncated ||= node.data.length > left;
    const said = escaped(node.data.slice(0, Math.max(0, left)));
    emit(mark && said.trim() ? `<span hidden>${said}</span>` : said);
  }

  const root = document.documentElement;
  if (root && options.whole) pending.push([root, false, false]);
  else if (document.body)
    for (const node of Array.from(document.body.childNodes).reverse())
      pending.push([node, false, false]);
  for (let count = 1; pending.length; count++) {
    const next = pending.pop();
    if (typeof next === "string") {
      emit(next);
      continue;
    }
    if (truncated || size > options.bytes || (count % 512 === 0 && performance.now() > end)) {
      truncated = true;
      continue;
    }
    const [node, hidden, mark] = next;
    if (node.nodeType === Node.ELEMENT_NODE) enter(node, hidden, mark);
    else if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE)
      text(node, mark);
  }
  return { html: out.join("").toWellFormed(), truncated };
})
