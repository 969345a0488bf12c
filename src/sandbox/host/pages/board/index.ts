import { pathMatcher, type Page } from '../../host.js';
import { openBoard } from './board.js';
import { boardKinds } from './kinds.js';

/** The boards of leads and customers: cards by stage; one that is moved sets off the triggers of its stage. */
export const boardPages: readonly Page[] = boardKinds.map((kind) => ({
  match: pathMatcher(kind.path),
  menu: kind.menu,
  area: () => kind.area,
  open: ($holder, host, { pipeline }) => openBoard($holder, host, kind, Number(pipeline)),
}));
