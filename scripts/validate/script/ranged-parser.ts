import * as acorn from 'acorn';

/** What acorn makes its nodes of, and what its plugins replace; its types tell of neither. */
interface Inside {
  Node: new (parser: Parser, start: number, startLocation?: unknown) => acorn.Node;
  Parser: {
    new (options: acorn.Options, input: string): Parser;
    parse(input: string, options: acorn.Options): acorn.Program;
  };
}

interface Parser {
  readonly start: number;
  readonly startLoc: unknown;
}

const inside = acorn as unknown as Inside;

class RangedNode extends inside.Node {
  override get range(): [number, number] {
    return [this.start, this.end];
  }
}

/**
 * Parses as acorn does with `ranges`, but for a list in each node that nearly nobody reads: it took a fifth of the time
 * and a quarter of the memory.
 */
export class RangedParser extends inside.Parser {
  startNode(): acorn.Node {
    return new RangedNode(this, this.start, this.startLoc);
  }

  startNodeAt(start: number, location: unknown): acorn.Node {
    return new RangedNode(this, start, location);
  }

  copyNode(node: acorn.Node): acorn.Node {
    return Object.assign(new RangedNode(this, node.start, this.startLoc), node);
  }
}
