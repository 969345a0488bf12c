/** What the sections of the project's notes on the platform are about; a subsection comes before its section. */
const topics: readonly [section: RegExp, topic: string][] = [
  [/^1\.3$/, 'the documentation of locations'],
  [/^1\.4$/, 'the documentation of the fields of settings'],
  [/^1\.5$/, 'the documentation of the digital pipeline'],
  [/^1\.6$/, 'the documentation of the Salesbot designer'],
  [/^1\.7$/, 'the documentation of SMS and mobile widgets'],
  [/^1\.8$/, 'the documentation of the left menu'],
  [/^1(?:\.\d)?$/, 'the documentation of manifest.json'],
  [/^2\.1$/, 'the documented layout of the archive'],
  [/^2\.2$/, 'the documentation of pictures'],
  [/^2\.3$/, 'the documented form of text files'],
  [/^2\.4$/, 'what the uploader reports'],
  [/^2\.5$/, 'how the platform keeps versions'],
  [/^2$/, 'the documentation of the archive'],
  [/^3(?:\.\d)?$/, 'the documentation of script.js and what widgets on the platform were seen to do'],
  [/^4(?:\.\d)?$/, 'the documentation of callbacks'],
  [/^5(?:\.\d)?$/, 'the pages that the platform was seen to draw'],
  [/^6$/, 'how the platform was seen to save settings'],
  [/^7$/, 'how the platform was seen to load widgets'],
  [/^8$/, 'the technical requirements of the marketplace'],
  [/^9(?:\.\d)?$/, 'what developers report'],
  [/^11$/, 'not settled: the sources leave it open or disagree'],
  [/^12$/, 'how the platform was seen to behave'],
  [/^13$/, 'common mistakes in public widgets'],
];

/**
 * Where a rule comes from, for readers who do not have the project's notes on the platform: a reference to their
 * sections, such as `platform/widget.md §8 rule 27`, becomes what they are about.
 */
export function sourceInWords(source: string): string {
  const parts = source
    .replaceAll('platform/widget.md ', '')
    .replace(/(§[\d.]+) (?=rules? \d)/g, '$1, ')
    .split(/\s*[,;]\s*(?=§)|\s+and\s+(?=§)/);
  const words = parts.map((part) =>
    part.replace(/§(\d+(?:\.\d+)?)((?: M\d+)(?:(?:,| and) M\d+)*)?/g, (_all, section: string) =>
      topicOf(section),
    ),
  );
  const sentence = [...new Set(words)].join('; ');
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}

function topicOf(section: string): string {
  const topic = topics.find(([pattern]) => pattern.test(section))?.[1];
  if (topic === undefined) throw new Error(`Nobody has said what section ${section} is about.`);
  return topic;
}
