/**
 * Runs in the page: sets every `[data-fit]` that is too long for its box in smaller letters, and returns the
 * texts that don't fit at four fifths of their size or leave the picture. It is sent to the browser as source,
 * so it uses nothing from outside itself.
 */
export async function fitTexts(): Promise<string[]> {
  const smallest = 0.8;
  const step = 0.02;
  // Methods, since tsx names inner functions through a helper that the page doesn't have.
  const box = {
    overflows(element: HTMLElement): boolean {
      // The letters of a narrow line reach out of their box; a line too many is more than half a letter.
      const reach = parseFloat(getComputedStyle(element).fontSize) / 2;
      return element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + reach;
    },
    leavesPicture(element: HTMLElement): boolean {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return left < 0 || top < 0 || right > window.innerWidth || bottom > window.innerHeight;
    },
  };

  await document.fonts.ready;
  const failed: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('[data-fit]')) {
    const size = parseFloat(getComputedStyle(element).fontSize);
    for (let scale = 1 - step; box.overflows(element) && scale >= smallest; scale -= step) {
      element.style.fontSize = `${size * scale}px`;
    }
    if (box.overflows(element) || box.leavesPicture(element)) failed.push(element.innerText);
  }
  return failed;
}
