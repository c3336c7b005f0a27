// The lines of a page, as they are broken.
(() => {
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    let [line, top] = ["", null];
    for (let at = 0; at < walker.currentNode.length; at++) {
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + 1);
      const box = range.getClientRects()[0];
      if (box && top !== null && box.top > top) { lines.push(line); line = ""; }
      if (box) top = box.top;
      line += walker.currentNode.data[at];
    }
    lines.push(line);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
})()
