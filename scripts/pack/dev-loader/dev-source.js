/*
 * An AMD loader plugin: gives the widget of the development server while that runs, else the one that was
 * packed beside it. The server's address is written in when the archive is packed.
 */
define(['module'], function (module) {
  'use strict';

  var server = '__DEV_SERVER__';

  function fromServer(require, language) {
    return fetch(server + '/i18n/' + language + '.json', { cache: 'no-store' })
      .then(function (answer) {
        if (!answer.ok) throw new Error('HTTP ' + answer.status);
        return answer.json();
      })
      .then(function (words) {
        return new Promise(function (resolve, reject) {
          require([server + '/script.js?t=' + Date.now()], function (Widget) {
            resolve(developed(Widget, words));
          }, reject);
        });
      });
  }

  /* Lets the widget find its files and texts on the server, whatever the platform says of the uploaded ones. */
  function developed(Widget, words) {
    function DevelopedWidget() {
      Widget.apply(this, arguments);
      var render = this.callbacks.render;
      this.callbacks.render = () => {
        this.set_settings({ path: server, cdn_path: server });
        this.set_lang(words);
        return render.call(this.callbacks);
      };
      return this;
    }
    DevelopedWidget.prototype = Widget.prototype;
    return DevelopedWidget;
  }

  return {
    load: function (name, require, loaded) {
      var language = (window.APP && window.APP.lang_id) || 'en';
      fromServer(require, language).then(loaded, function () {
        require([module.id.replace(/[^/]*$/, 'packed.js')], loaded, loaded.error);
      });
    },
  };
});
