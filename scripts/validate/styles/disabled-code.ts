import type { ChildNode, Declaration, Root } from 'postcss';
import CssSyntaxError from 'postcss/lib/css-syntax-error';
import parse from 'postcss/lib/parse';

/** Longer comments are looked at no further than this. */
const maxLength = 20_000;

/**
 * The first rule or declaration of a comment that holds nothing but CSS; `null` for prose. Whoever writes "colour: see
 * below" or names a selector in a sentence means no code: what is looked for ends as CSS does, and names properties
 * that exist.
 */
export function disabledCode(comment: string): string | null {
  const text = comment.slice(0, maxLength).trim();
  if (!/[;}]$/.test(text)) return null;
  const root = tryParse(text);
  if (root === null || root.nodes.length === 0) return null;
  const areCode = root.nodes.every((node) => node.type === 'comment' || isCode(node));
  return areCode ? (text.split('\n', 1)[0]?.trim() ?? null) : null;
}

function tryParse(text: string): Root | null {
  try {
    return parse(text, { map: false }) as Root;
  } catch (error) {
    if (error instanceof CssSyntaxError) return null;
    throw error;
  }
}

function isCode(node: ChildNode): boolean {
  if (node.type === 'decl') return isDeclaration(node);
  if (node.type === 'atrule')
    return /^(?:media|import|keyframes|font-face|supports|layer|container)$/i.test(node.name);
  if (node.type !== 'rule' || !isSelector(node.selector)) return false;
  const inner = node.nodes.filter(({ type }) => type !== 'comment');
  return inner.length > 0 && inner.every((one) => one.type !== 'decl' || isDeclaration(one));
}

function isDeclaration({ prop, value }: Declaration): boolean {
  return value !== '' && value.length < 1000 && (/^--[\w-]+$/.test(prop) || properties.test(prop));
}

/** Words that stand alone must be elements: "The kit writes" is a sentence. */
function isSelector(selector: string): boolean {
  const words = selector.replace(/\([^()]*\)|\[[^\]]*\]/g, '').match(/(?<![\w.#:-])[a-z][\w-]*/gi) ?? [];
  return words.every((word) => elements.test(word) || word.includes('-'));
}

const properties = new RegExp(
  `^(?:-(?:webkit|moz|ms|o)-)?(?:${[
    'align animation appearance background border bottom box clear clip color column columns content counter cursor',
    'direction display fill filter flex float font gap grid height inset justify left letter line list margin max min',
    'mix object opacity order outline overflow padding perspective place pointer position resize right row scroll',
    'stroke table text top touch transform transition user vertical visibility white width will word z zoom',
  ]
    .join(' ')
    .replaceAll(' ', '|')})(?:-[a-z]+)*$`,
);

const elements =
  /^(?:a|abbr|article|aside|b|body|button|canvas|code|div|em|fieldset|figure|footer|form|from|h[1-6]|header|hr|html|i|iframe|img|input|label|legend|li|main|nav|ol|optgroup|option|p|pre|section|select|small|span|strong|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|to|tr|u|ul|video)$/i;
