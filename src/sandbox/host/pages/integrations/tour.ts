import { escapeHtml } from '../../dom.js';
import { $ } from '../../jquery.js';
import type { Translate } from '../../words/words.js';
import type { Tour } from './manifest.js';
import type { IntegrationsWord } from './words.js';

/** The slides of a tour (`platform/widget.md §1.2`), with what leads past them. */
export function tourHtml({ images }: Tour, description: string, t: Translate<IntegrationsWord>): string {
  const total = images.length;
  const slides = images.map(
    (image, index) =>
      `<img class="widget-tour__slide${index === 0 ? '' : ' h-hidden'}" src="${escapeHtml(image)}" alt="${escapeHtml(t('slide', { number: index + 1, total }))}">`,
  );
  const dots = images.map(
    (_image, index) =>
      `<button type="button" class="widget-tour__dot"${index === 0 ? ' aria-current="true"' : ''} aria-label="${escapeHtml(t('slide', { number: index + 1, total }))}"></button>`,
  );
  const step = (direction: 'previous' | 'next', sign: string): string =>
    `<button type="button" class="widget-tour__step widget-tour__step_${direction}" aria-label="${escapeHtml(t(direction))}">${sign}</button>`;
  return `<section class="widget-tour" aria-label="${escapeHtml(t('tour'))}">
    <div class="widget-tour__stage">${slides.join('')}</div>
    ${total > 1 ? `<div class="widget-tour__steps">${step('previous', '‹')}${dots.join('')}${step('next', '›')}</div>` : ''}
    <div class="widget-tour__text">${description}</div>
    <button type="button" class="widget-tour__skip js-widget-skip-tour">${escapeHtml(t('skipTour'))}</button></section>`;
}

/** Lets the slides be turned, by their buttons and by the arrow keys. */
export function playTour($tour: JQuery): void {
  const $slides = $tour.find('.widget-tour__slide');
  const $dots = $tour.find('.widget-tour__dot');
  let current = 0;
  const go = (index: number): void => {
    current = (index + $slides.length) % $slides.length;
    $slides.addClass('h-hidden').eq(current).removeClass('h-hidden');
    $dots.removeAttr('aria-current').eq(current).attr('aria-current', 'true');
  };
  $tour.on('click', '.widget-tour__step_previous', () => {
    go(current - 1);
  });
  $tour.on('click', '.widget-tour__step_next', () => {
    go(current + 1);
  });
  $tour.on('click', '.widget-tour__dot', (event) => {
    go($dots.index(event.currentTarget));
  });
  $tour.on('keydown', (event) => {
    if (event.key === 'ArrowLeft') go(current - 1);
    else if (event.key === 'ArrowRight') go(current + 1);
    else return;
    event.preventDefault();
    if ($(event.target).is('.widget-tour__dot')) $dots.eq(current).trigger('focus');
  });
}
