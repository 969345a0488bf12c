import type { LocationCode } from './locations.js';

/** A logo in `images/`, and the pixels that it must have: the uploader refuses any other size. */
export interface Logo {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The location that needs it; `null` where every widget does. */
  readonly location: LocationCode | null;
}

/** `platform/widget.md §2.2`. */
export const logos: readonly Logo[] = [
  { name: 'logo', width: 130, height: 100, location: null },
  { name: 'logo_main', width: 400, height: 272, location: null },
  { name: 'logo_small', width: 108, height: 108, location: null },
  { name: 'logo_medium', width: 240, height: 84, location: null },
  { name: 'logo_min', width: 84, height: 84, location: null },
  { name: 'logo_dp', width: 174, height: 109, location: 'digital_pipeline' },
];

/** The pixels of a picture of the tour: `platform/widget.md §2.2`. */
export const tourSize = { width: 1188, height: 616 };
