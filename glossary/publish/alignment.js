// Pointing at a term lights up the same concept in every column. The page is whole without this.
(() => {
  const places = new Map();
  for (const link of document.querySelectorAll("a[data-c]")) {
    for (const concept of link.dataset.c.split(" ")) {
      if (!places.has(concept)) places.set(concept, []);
      places.get(concept).push(link);
    }
  }
  let lit = [];
  const light = (event) => {
    for (const link of lit) link.classList.remove("lit");
    const link = event.target.closest?.("a[data-c]");
    lit = link ? link.dataset.c.split(" ").flatMap((concept) => places.get(concept)) : [];
    for (const other of lit) other.classList.add("lit");
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
})();
