import { PNG } from 'pngjs';

const width = 480;
const height = 320;

type Colour = readonly [red: number, green: number, blue: number];

/** A picture to send from the phone: a sun over hills, as PNG. */
export function drawPicture(): Buffer {
  const picture = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = colourAt(x, y);
      picture.data.set([red, green, blue, 255], (y * width + x) * 4);
    }
  }
  return PNG.sync.write(picture);
}

const hills: readonly { readonly at: (x: number) => number; readonly colour: Colour }[] = [
  { at: (x) => 262 + 16 * Math.sin(x / 61 + 2), colour: [22, 78, 74] },
  { at: (x) => 226 + 22 * Math.sin(x / 83), colour: [40, 112, 98] },
  { at: (x) => 192 + 26 * Math.sin(x / 104 + 4), colour: [98, 148, 124] },
];

function colourAt(x: number, y: number): Colour {
  const hill = hills.find(({ at }) => y >= at(x));
  if (hill !== undefined) return hill.colour;
  const sky = mix([92, 140, 196], [255, 204, 150], y / 210);
  const distance = Math.hypot(x - 338, y - 128);
  if (distance < 42) return [255, 241, 205];
  return distance < 110 ? mix([255, 226, 172], sky, (distance - 42) / 68) : sky;
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const at = Math.min(1, Math.max(0, share));
  const part = (place: 0 | 1 | 2): number => Math.round(one[place] + (other[place] - one[place]) * at);
  return [part(0), part(1), part(2)];
}
