import type { Example } from './example.js';
import { gif, jpeg, png } from './pictures.js';
import { minimalManifest } from './widget.js';

const logo = { width: 130, height: 100 };
const slide = { width: 1188, height: 616 };
const { tour } = minimalManifest;

/** A tour of these pictures in English; the Spanish one is as it should be. */
function english(...en: string[]) {
  return { tour: { ...tour, tour_images: { ...tour.tour_images, en } } };
}

const right = { files: { 'images/logo.png': png(logo) } };

/** Examples of the pictures of a widget. */
export const imageExamples: Readonly<Record<string, Example>> = {
  'images/missing': { wrong: { files: { 'images/logo.png': null } }, right },
  'images/not-a-picture': { wrong: { files: { 'images/logo.png': 'a logo\n' } }, right },
  'images/damaged': { wrong: { files: { 'images/logo.png': png(logo).subarray(0, -20) } }, right },
  'images/other-not-a-picture': {
    wrong: { files: { 'images/tour/en.png': 'a slide\n' } },
    right: { files: { 'images/tour/en.png': png(slide) } },
  },
  'images/other-damaged': {
    wrong: { files: { 'images/tour/en.png': png(slide).subarray(0, -20) } },
    right: { files: { 'images/tour/en.png': png(slide) } },
  },
  'images/wrong-extension': { wrong: { files: { 'images/logo.png': jpeg(logo) } }, right },
  'images/not-png': {
    wrong: { files: { 'images/logo.png': null, 'images/logo.gif': gif(logo) } },
    right,
  },
  'images/wrong-size': { wrong: { files: { 'images/logo.png': png({ width: 140, height: 80 }) } }, right },
  'images/too-heavy': {
    wrong: { files: { 'images/logo.png': png({ ...logo, ballast: 310_000 }) } },
    right: { files: { 'images/logo.png': png({ ...logo, ballast: 200_000 }) } },
  },
  'images/almost-too-heavy': {
    wrong: { files: { 'images/logo.png': png({ ...logo, ballast: 302_000 }) } },
    right: { files: { 'images/logo.png': png({ ...logo, ballast: 200_000 }) } },
  },
  'images/animated': {
    wrong: { files: { 'images/logo.png': null, 'images/logo.gif': gif({ ...logo, frames: 2 }) } },
    right: { files: { 'images/logo.png': null, 'images/logo.gif': gif(logo) } },
    situation: { target: 'amocrm' },
  },
  'images/tour-missing': {
    wrong: { files: { 'images/tour/en.png': null } },
    right: { files: { 'images/tour/en.png': png(slide) } },
  },
  'images/tour-path': {
    wrong: { manifest: english('images/tour/en.png') },
    right: { manifest: english('/images/tour/en.png') },
  },
  'images/tour-size': {
    wrong: { files: { 'images/tour/en.png': png({ width: 400, height: 272 }) } },
    right: { files: { 'images/tour/en.png': png(slide) } },
  },
  'images/tour-count': {
    wrong: { manifest: english() },
    right: { manifest: english('/images/tour/en-1.png', '/images/tour/en-2.png') },
  },
  'images/tour-language': {
    wrong: {
      manifest: { tour: { ...tour, tour_images: { ...tour.tour_images, pt: ['/images/tour/pt.png'] } } },
    },
    right: { manifest: { tour } },
  },
  'images/tour-incomplete': {
    wrong: { manifest: { tour: { ...tour, tour_images: { en: ['/images/tour/en.png'] } } } },
    right: { manifest: { tour } },
  },
  'images/tour-kind': {
    wrong: {
      manifest: english('/images/tour/en.webp'),
      files: { 'images/tour/en.webp': 'a WebP picture\n' },
    },
    right: { manifest: english('/images/tour/en.png') },
  },
  'images/tour-not-png': {
    wrong: { manifest: english('/images/tour/en.jpg'), files: { 'images/tour/en.jpg': jpeg(slide) } },
    right: { manifest: english('/images/tour/en.png') },
    situation: { audience: 'public' },
  },
  'images/tour-repeated': {
    wrong: { manifest: english('/images/tour/en.png', '/images/tour/en.png') },
    right: { manifest: english('/images/tour/en-1.png', '/images/tour/en-2.png') },
  },
};
