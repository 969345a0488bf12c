/* Development archive: takes the widget from the developer's machine. Never upload it for customers. */
define(['./dev-source.js!'], function (Widget) {
  return Widget;
});
