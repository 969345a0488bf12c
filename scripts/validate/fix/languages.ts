import { markCopied } from '../copied-texts.js';
import { isObject } from '../json-document.js';
import { localeEntries } from '../manifest-facts.js';
import type { WidgetView } from '../view.js';
import { count } from '../words.js';
import { type Group, type LanguageTree, type Member, readLanguageTree, type Tree } from './language-tree.js';
import type { Fix } from './texts.js';

/**
 * Gives every language of the manifest the keys of the first one, in its order: what is missing is copied and
 * marked, what the first lacks stays, at the end of its group. Only files that are strict JSON are touched, and none
 * when the first is not. `mayCopy` tells for a file whether its missing keys are to be copied.
 */
export function fixLanguages(view: WidgetView, { mayCopy }: { mayCopy: (file: string) => boolean }): Fix[] {
  const manifest = view.manifest();
  const [first, ...others] = manifest === null ? [] : localeEntries(manifest).map(({ text }) => text);
  const model = first === undefined ? null : readTree(view, first);
  if (first === undefined || model === null) return [];
  return others.flatMap((code): Fix[] => {
    const file = `i18n/${code}.json`;
    const tree = readTree(view, code);
    if (tree === null) return [];
    const work: Work = { from: first, mayCopy: mayCopy(file), copied: 0, moved: false };
    const root = arrange(tree.root, model.root, work);
    const done = [
      ...(work.copied === 0 ? [] : [`${count(work.copied, 'missing text')} copied from ${first} and marked`]),
      ...(work.moved ? [`keys put in the order of ${first}`] : []),
    ];
    return done.length === 0 ? [] : [{ file, text: tree.print(root), done }];
  });
}

interface Work {
  readonly from: string;
  readonly mayCopy: boolean;
  copied: number;
  moved: boolean;
}

function readTree(view: WidgetView, code: string): LanguageTree | null {
  const document = view.languages().get(code);
  const bytes = view.files.get(`i18n/${code}.json`);
  if (document === undefined || bytes === undefined) return null;
  const isPlain = document.jsonFlaws.length === 0 && document.textFlaws.length === 0;
  return isPlain && isObject(document.value) ? readLanguageTree(bytes.toString('utf8')) : null;
}

function arrange(group: Group, model: Group, work: Work): Group {
  const own = new Map(group.members.map((member) => [member.key, member]));
  const known = new Set(model.members.map(({ key }) => key));
  const shared = model.members.flatMap(({ key, value }): Member[] => {
    const member = own.get(key);
    if (member === undefined) {
      const copy = work.mayCopy ? copied(value, work.from) : null;
      if (copy === null) return [];
      work.copied += copy.texts;
      return [{ key, value: copy.tree }];
    }
    return member.value.kind === 'group' && value.kind === 'group'
      ? [{ key, value: arrange(member.value, value, work) }]
      : [member];
  });
  const members = [...shared, ...group.members.filter(({ key }) => !known.has(key))];
  const order = members.filter(({ key }) => own.has(key));
  work.moved ||= order.some(({ key }, index) => group.members[index]?.key !== key);
  return { kind: 'group', members };
}

/**
 * `null` for what has no place for a mark, an empty text, a number or an empty group, and for a group with any of
 * these: half of a group would only hide that it is missing.
 */
function copied(tree: Tree, from: string): { tree: Tree; texts: number } | null {
  if (tree.kind === 'group') {
    const members: Member[] = [];
    let texts = 0;
    for (const { key, value } of tree.members) {
      const copy = copied(value, from);
      if (copy === null) return null;
      members.push({ key, value: copy.tree });
      texts += copy.texts;
    }
    return texts === 0 ? null : { tree: { kind: 'group', members }, texts };
  }
  if (tree.text === null || tree.text.trim() === '') return null;
  const text = markCopied(tree.text, from);
  return { tree: { kind: 'value', source: JSON.stringify(text), text }, texts: 1 };
}
