import { audiences, failLevels, targets } from '../validate/situation.js';

/**
 * The JSON Schema of `widget.config.json`, by which editors complete it and show mistakes. It takes what the validator
 * takes and refuses what it refuses; `codes` are those that can be ignored.
 */
export function configurationSchema(codes: readonly string[]): string {
  const text = (description: string): object => ({ type: 'string', pattern: '\\S', description });
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'widget.config.json',
    description:
      'What `npm run validate` is told of a widget, in its folder, beside it or where the command is typed.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      target: {
        enum: targets,
        description: 'The platform that the widget is for. By default the languages of its manifest tell.',
      },
      audience: {
        enum: audiences,
        description:
          'For your own accounts, as by default, or for the marketplace, whose moderation asks for more.',
      },
      failLevel: {
        enum: failLevels,
        description:
          'Findings of this severity and of graver ones make the command end with 1; by default error.',
      },
      uploaded: {
        type: 'string',
        pattern: '^\\d{1,15}(?:\\.\\d{1,15})*$|\\.[zZ][iI][pP]$',
        description:
          'What was uploaded last: a version such as 1.4.2, or the path of the zip archive from the folder of this file.',
      },
      ignore: {
        type: 'array',
        description: 'Findings that are left out of the report. An ignore that meets none is reported.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['code', 'because'],
          properties: {
            code: { enum: codes, description: 'The code of the rule.' },
            file: text(
              'A path below the folder of the widget, or a pattern such as lib/**. By default all files.',
            ),
            because: text('Why it is ignored, for whoever reads this later.'),
          },
        },
      },
    },
  };
  return JSON.stringify(schema);
}
