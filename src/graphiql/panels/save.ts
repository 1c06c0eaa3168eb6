/** Downloads content as a file. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // A started download no longer needs the object URL.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Serialises a picture as a standalone SVG, without attributes that only the page uses. */
function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const name of ['tabindex', 'data-mark', 'data-legend', 'data-part', 'class']) element.removeAttribute(name);
  }
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(name: string, svg: SVGSVGElement): void {
  saveFile(`${name}.svg`, new Blob([standalone(svg)], { type: 'image/svg+xml' }));
}

/** Pixels per CSS pixel, for print. */
const PNG_SCALE = 2;

export async function savePng(name: string, svg: SVGSVGElement): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const { width, height } = svg.viewBox.baseVal;
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const content = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'));
  if (content) saveFile(`${name}.png`, content);
}
