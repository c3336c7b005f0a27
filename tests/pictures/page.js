// What a reader sees of a page: its words, and what is wrong with how they are shown.
(() => {
  const channel = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const solid = (colour) => colour.length < 4 || colour[3] === 1;
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = { width: document.documentElement.scrollWidth, words: "", faint: [], hidden: [], links: [] };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (!text) continue;
    const element = walker.currentNode.parentElement;
    const style = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const boxes = [...range.getClientRects()];
    const inside = boxes.length && boxes.every((box) => box.left >= 0 && box.right <= innerWidth && box.height >= 12);
    if (!inside || style.visibility !== "visible" || style.opacity !== "1") found.hidden.push(text);
    const [ink, paper] = [numbers(style.color), behind(element)];
    const [light, dark] = [luminance(ink), luminance(paper)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < 4.5 || !solid(ink) || !solid(paper)) found.faint.push(`${contrast.toFixed(2)}: ${text}`);
    found.words += walker.currentNode.data;
  }
  for (const link of document.querySelectorAll("a")) found.links.push((link.closest("td") ?? link).getBoundingClientRect().height);
  found.paper = luminance(behind(document.querySelector("h1")));
  return found;
})()
