/**
 * Looks, inside a context that holds twig.js, at why a template cannot be parsed, and where. The source of this function
 * is what runs there, so it may use nothing from outside. Nothing is rendered.
 *
 * @param {string} text
 * @returns {string} `{ reason, offset }` as JSON, or `null` when the template can be parsed
 */
export function probeTemplate(text) {
  /** @typedef {{ type: string, value: string }} Token */
  /**
   * @typedef {object} Engine
   * @property {{ twig(options: object): unknown }} exports
   * @property {(text: string) => Token[]} tokenize
   * @property {{ compile(token: object): { type: string }, handler: Record<string, { next?: string[], open?: boolean }> }} logic
   * @property {{ compile(token: object): unknown }} expression
   */
  const { Twig } = /** @type {{ Twig: Engine }} */ (/** @type {unknown} */ (globalThis));
  try {
    Twig.exports.twig({ data: text, rethrow: true });
    return 'null';
  } catch (error) {
    return JSON.stringify(locate(error));
  }

  /** @param {unknown} error */
  function messageOf(error) {
    const { message } = /** @type {{ message?: unknown }} */ (error);
    return String(message ?? error);
  }

  /** @param {unknown} thrown what parsing the whole template ended with */
  function locate(thrown) {
    /** @type {Token[]} */
    let tokens;
    try {
      tokens = Twig.tokenize(text);
    } catch (error) {
      const reason = messageOf(error);
      const position = /position (\d+)/.exec(reason);
      const bracket = /closing bracket '(..)'/.exec(reason);
      if (position === null || bracket === null) return { reason: plain(reason), offset: lastOpening() };
      return { reason: `${bracket[1]} is missing`, offset: Math.max(0, Number(position[1]) - 2) };
    }
    /** @type {{ type: string, offset: number, value: string }[]} */
    const open = [];
    let cursor = 0;
    for (const { type, value } of tokens) {
      const found = text.indexOf(value, cursor);
      const offset = found === -1 ? cursor : found;
      cursor = offset + value.length;
      try {
        if (/^output/.test(type)) Twig.expression.compile({ type, value });
        if (!/^logic/.test(type)) continue;
        const logic = Twig.logic.compile({ type, value });
        const { next = [], open: opens = true } = Twig.logic.handler[logic.type] ?? {};
        if (!opens) {
          const last = open.pop();
          if (last === undefined) return { reason: `"${value}" ends nothing that was begun`, offset };
          if (!(Twig.logic.handler[last.type]?.next ?? []).includes(logic.type)) {
            return { reason: `"${value}" cannot follow "${last.value}"`, offset };
          }
        }
        if (next.length > 0) open.push({ type: logic.type, offset, value });
      } catch (error) {
        return { reason: reasonOf(error, value), offset };
      }
    }
    const last = open.pop();
    if (last !== undefined) return { reason: `"${last.value}" is never ended`, offset: last.offset };
    return { reason: reasonOf(thrown, text.slice(0, 60)), offset: null };
  }

  /** A quote that is not closed: what was found last is where it stands. */
  function lastOpening() {
    const offset = Math.max(text.lastIndexOf('{{'), text.lastIndexOf('{%'));
    return offset === -1 ? null : offset;
  }

  /**
   * In the words of the engine, unless it stumbled itself: those speak of its own insides.
   *
   * @param {unknown} error @param {string} value what it was reading
   */
  function reasonOf(error, value) {
    return error instanceof TypeError ? `"${value.trim()}" cannot be read` : plain(messageOf(error));
  }

  /** @param {string} reason */
  function plain(reason) {
    return reason
      .replace(/ at template(?: position|:)\d+(?: near .*)?$/s, '')
      .replace(/Twig\.(?:expression|logic)\.type\./g, '')
      .replace(/^Unable to parse '([\s\S]*)'$/, '"$1" is no tag of Twig in this form')
      .slice(0, 300);
  }
}
