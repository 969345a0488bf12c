import { describe, expect, it } from 'vitest';
import { validate, validateFiles } from '../../../scripts/validate/index.js';
import {
  type ScriptVerdict,
  studyScript,
  studyScriptBeside,
} from '../../../scripts/validate/script/index.js';
import { widgetFiles, writeFolder } from '../../support/widget-folder.js';

function archive(script: string, others: Record<string, string> = {}): Map<string, Buffer> {
  return new Map(
    Object.entries({ ...others, 'script.js': script }).map(([name, text]) => [name, Buffer.from(text)]),
  );
}

function judge(script: string, others: Record<string, string> = {}): ScriptVerdict | undefined {
  return studyScript(archive(script, others))?.verdict;
}

describe('studyScript takes for a function', () => {
  it.each([
    ['the documented form', "define(['jquery'], function ($) { return function () { return this; }; });"],
    ['a variable', 'define([], function () { var W = function () {}; return W; });'],
    ['a declaration', 'define([], function () { return W; function W() {} });'],
    ['window.define', 'window.define([], () => { const W = function () {}; return W; });'],
    ['a module without dependencies', 'define(function () { return function () {}; });'],
    [
      'CommonJS inside AMD',
      'define(function (require, exports, module) { module.exports = function () {}; });',
    ],
    [
      'a UMD bundle',
      '(function (root, make) { typeof define === "function" && define.amd ? define([], make) : (root.W = make()); })(this, function () { return function () {}; });',
    ],
    [
      'a webpack bundle that exports the default',
      'define(["jquery"], function (ext) { return (function () { var modules = { 1: function (m, e) { e["default"] = function () {}; } }; var e = {}; modules[1](null, e); return e["default"]; })(); });',
    ],
    [
      'a bundle that defines from inside',
      '(() => { var m = { 7: (a) => { a.exports = { default: function () {} }; } }; var r = (i) => { var o = { exports: {} }; m[i](o); return o.exports; }; window.define(["jquery", "underscore"], () => r(7).default); })();',
    ],
    [
      'named modules beside its own',
      "define('lib', [], function () { return function () {}; }); define(['lib'], function (lib) { return lib; });",
    ],
    [
      'a widget that uses the page while it loads',
      "window.Own = window.Own || {}; define(['jquery', 'lib/components/base/modal'], function ($, Modal) { var name = $('body').data('x') + document.title; return class_(Modal); function class_(M) { return function () { return new M(name); }; } });",
    ],
  ])('%s', (_form, script) => {
    expect(judge(script)).toEqual({ kind: 'function' });
  });

  it('what comes from another script of the archive', () => {
    const others = {
      'app.js': "define(['./lib/widget', './lib/config.js'], function (W, c) { return c.on ? W : null; });",
      'lib/widget.js': 'define([], function () { return function () {}; });',
      'lib/config.js': 'define({ on: true });',
    };

    expect(judge("define(['./app.js?v=2'], function (W) { return W; });", others)).toEqual({
      kind: 'function',
    });
    expect(
      judge("define(['./app'], function (W) { return W; });", { ...others, 'lib/config.js': 'define({});' }),
    ).toMatchObject({
      kind: 'no-function',
    });
  });
});

describe('studyScript does not claim to know', () => {
  it.each([
    [
      'that comes from the platform',
      "define(['lib/widgets/base'], function (B) { return B; });",
      'lib/widgets/base',
    ],
    [
      'that stops with an error',
      'define([], function () { return Missing.widget; });',
      'Missing is not defined',
    ],
    ['that comes back to itself', "define(['./script'], function (W) { return W; });", './script'],
    [
      'that fills the memory',
      'define([], function () { var a = []; for (;;) a.push(new Array(1e6).fill(a)); });',
      /memory|end/,
    ],
    [
      'that goes on in promises',
      'Promise.resolve().then(function again() { return Promise.resolve().then(again); }); define([], function () { return Missing; });',
      'come to an end',
    ],
  ])('a module %s', (_what, script, reason) => {
    expect(judge(script)).toMatchObject({
      kind: 'undecided',
      reason: expect.stringMatching(reason) as string,
    });
  });
});

describe('a script that is judged', () => {
  it.each([
    ['process', 'process.pid'],
    ['a module of Node.js', 'window.require("fs").readFileSync("/etc/passwd").length'],
    ['what surrounds it', 'this.constructor.constructor("return process")().pid'],
    [
      'what an error from outside knows',
      '(function f() { try { return f(); } catch (e) { return e.constructor.constructor("return process")().pid; } })()',
    ],
  ])('does not get at %s', (_what, code) => {
    const script = `var got = 0; try { got = ${code}; } catch (e) {} define([], function () { return got > 0 ? function () {} : "nothing"; });`;

    expect(judge(script)).toMatchObject({ kind: 'no-function', found: 'a string' });
  });

  it('cannot import a module of Node.js', () => {
    const script =
      'var got = "nothing"; import("node:fs").then(function () { got = function () {}; }, function () {}); define([], function () { return got; });';

    expect(judge(script)).toMatchObject({ kind: 'no-function', found: 'a string' });
  });
});

describe('a script that takes hold of an error from outside', () => {
  /** What `reached` gives in the cell, with `outside` the constructor of functions there. */
  function reach(reached: string): ReturnType<typeof judge> {
    return judge(
      `var got = 0;
       function take(outside) { try { got = ${reached} ? 1 : 0; } catch (e) {} }
       import("x").then(null, function (error) { take(error.constructor.constructor); });
       define([], function () { return got > 0 ? function () {} : "nothing"; });`,
    );
  }

  it.each([
    ['makes no function there', 'outside("return 1")()'],
    ['gets at no process', 'outside("return process")().pid'],
    ['gets at no network', 'outside("return fetch")()'],
    [
      'changes no prototype there',
      '(Object.defineProperty(outside.prototype.__proto__, "evil", { get: function () { return this; } }), true)',
    ],
    [
      'changes no method there',
      '(outside.prototype.call = function () {}, outside.prototype.call.toString().indexOf("native") < 0)',
    ],
  ])('%s', (_what, reached) => {
    expect(reach(reached)).toMatchObject({ kind: 'no-function', found: 'a string' });
  });
});

describe('a script that is studied beside other work', () => {
  it.each([
    ['is read', 'define([], function () { return class {}; });'],
    ['is no script', 'define('],
    ['runs', "define(['./a.js'], function (A) { return A; });"],
    ['throws', 'throw new Error("stop");'],
    ['does not come to an end', 'for (;;); define([], f);'],
  ])('gives the same when it %s', async (_what, script) => {
    const files = archive(script, { 'a.js': 'define(function () { return function () {}; });' });
    expect(await studyScriptBeside(files)).toEqual(studyScript(files));
  });

  it('is ended when it fills the memory', async () => {
    const study = await studyScriptBeside(
      archive('var a = []; for (;;) a.push(new Array(1e6).fill(a)); define([], f);'),
    );
    expect(study?.verdict).toMatchObject({
      kind: 'undecided',
      reason: expect.stringMatching(/memory|end/) as string,
    });
  });

  it('gets other scripts of any size', async () => {
    const others = {
      'a.js': `/* ${'long '.repeat(600_000)} */ define(function () { return function () {}; });`,
    };
    const study = await studyScriptBeside(archive("define(['./a.js'], function (A) { return A; });", others));
    expect(study?.verdict).toEqual({ kind: 'function' });
  });

  it('is null where there is none', async () => {
    expect(await studyScriptBeside(new Map())).toBeNull();
  });
});

describe('validate', () => {
  it.each([
    ['a module that is no function', "define(['./a.js'], function (A) { return A.b; });"],
    ['a widget without callbacks', 'define([], function () { var W = function () {}; return W; });'],
  ])('says of %s what validateFiles says', async (_what, script) => {
    const files = widgetFiles({
      files: { 'script.js': script, 'a.js': 'define(function () { return { b: 1 }; });' },
    });
    const report = await validate(await writeFolder(files));
    expect(report.findings.map(({ code }) => code)).toContainEqual(
      expect.stringMatching(/^script\/(?:no-function|.*callback)/),
    );
    expect(report).toEqual(validateFiles(files));
  });
});
