import type { Example } from './example.js';
import type { WidgetParts } from './widget.js';

const script = (template: string): string => `define(['jquery'], function ($) {
  return function () {
    var self = this;
    this.callbacks = {
      render: function () {
        self.render({
          href: '${template}',
          base_path: self.params.path,
          load: function (list) {
            $('.parcel-tracker').html(list.render({ parcels: [] }));
          },
        }, {});
        return true;
      },
      init: function () { return true; },
      bind_actions: function () { return true; },
      onSave: function () { return true; },
    };
    return this;
  };
});
`;

/** A widget whose script draws this template. */
function template(twig: string, named = '/templates/list.twig'): WidgetParts {
  return { files: { 'script.js': script(named), 'templates/list.twig': twig } };
}

const list = '{% for parcel in parcels %}\n<p>{{ parcel.name|e }}</p>\n{% endfor %}\n';

const deep = {
  ...template(`{{ ${'('.repeat(201)}parcel${')'.repeat(201)} }}\n`),
  said: 'templates/list.twig has an output with two hundred brackets within each other.',
};

/** The rules of templates, each broken and kept. */
export const templateExamples: Readonly<Record<string, Example>> = {
  'templates/syntax': {
    wrong: template('{% for parcel in parcels %}\n<p>{{ parcel.name|e }}</p>\n'),
    right: template(list),
  },
  'templates/undecided': {
    wrong: deep,
    right: template('{{ parcel }}\n'),
  },
  'templates/missing': {
    wrong: { files: { 'script.js': script('/templates/list.twig') } },
    right: template(list),
  },
  'templates/unused': {
    wrong: { files: { 'templates/list.twig': list } },
    right: template(list),
  },
  'templates/script-tag': {
    wrong: template('<p>{{ name|e }}</p>\n<script>start();</script>\n'),
    right: template('<p class="parcel-tracker__start">{{ name|e }}</p>\n'),
  },
  'templates/external-url': {
    wrong: template('<img src="https://cdn.parcels.io/van.svg" alt="">\n'),
    right: template('<img src="{{ path }}/images/van.svg" alt="">\n'),
  },
  'templates/mixed-content': {
    wrong: template('<iframe src="http://www.kommo.com/parcels"></iframe>\n'),
    right: template('<iframe src="https://www.kommo.com/parcels"></iframe>\n'),
  },
  'templates/local-url': {
    wrong: template('<a href="http://localhost:8080/parcels">{{ all|e }}</a>\n'),
    right: template('<a href="https://www.kommo.com/parcels">{{ all|e }}</a>\n'),
  },
};
