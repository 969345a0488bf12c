// @ts-check
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import TerserPlugin from 'terser-webpack-plugin';
import webpack from 'webpack';

const root = path.dirname(fileURLToPath(import.meta.url));
/** Holds the list of what the vendor file offers, which the other modules need, and webpack's cache. */
export const cacheFolder = path.join(root, 'node_modules', '.cache', 'pipeline-messenger');
const vendorManifest = path.join(cacheFolder, 'vendor-manifest.json');
const require = createRequire(import.meta.url);
/** @type {unknown} */
const prettierPackage = require('prettier/package.json');

/** Where the built modules want the widget's version: put in after the bundling, whose cache then fits every version. */
export const versionMark = '{v}';

/**
 * Has Chromium compile a whole file while it is loaded, off the page's thread, and not function by function as they
 * are called (https://v8.dev/blog/explicit-compile-hints): what is loaded on demand is called at once. Only a comment
 * to other browsers. After the minimizers, which would take it away or put it elsewhere.
 */
const compileAtOnce = () =>
  new webpack.BannerPlugin({
    banner: '//# allFunctionsCalledOnLoad',
    raw: true,
    test: /\.js$/,
    stage: webpack.Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE,
  });

/** The AMD modules of ours in the archive. `script.js` is what the platform loads; it fetches the others on demand. */
const modules = {
  'script.js': { entry: './src/widget/script.ts', exports: 'default' },
  'dp-form.js': { entry: './src/widget/dp-form/index.ts' },
  'settings.js': { entry: './src/widget/settings/index.tsx', vendor: true },
  'connect.js': { entry: './src/widget/connection/attempt/index.tsx', vendor: true },
};

/** What the on-demand modules share, in a minified file of its own. */
const vendor = [
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-dom/client',
  '@kommo-crm/crm-react-ui-kit/Button',
  '@kommo-crm/crm-react-ui-kit/Callout',
  '@kommo-crm/crm-react-ui-kit/Input',
  '@kommo-crm/crm-react-ui-kit/Link',
  '@kommo-crm/crm-react-ui-kit/List',
  '@kommo-crm/crm-react-ui-kit/Spinner',
  '@kommo-crm/crm-react-ui-kit/Text',
];

/**
 * One AMD library for each module and none of webpack's own chunk loading, which inserts script tags: moderation
 * refuses those, and anonymous AMD modules loaded that way break the platform's RequireJS.
 *
 * @returns {webpack.Configuration[]}
 */
export function widgetConfigs() {
  return [
    vendorConfig(),
    ...Object.keys(modules).map((file) => moduleConfig(/** @type {keyof typeof modules} */ (file))),
  ];
}

/**
 * @param {string} name
 * @returns {webpack.Configuration}
 */
function commonConfig(name) {
  return {
    name,
    mode: 'production',
    target: ['web', 'es2021'],
    context: root,
    devtool: false,
    output: { path: path.join(root, 'dist', 'widget'), filename: name },
    performance: false,
    infrastructureLogging: { level: 'none' },
    cache: {
      type: 'filesystem',
      cacheDirectory: path.join(cacheFolder, 'webpack'),
      name: name.replace('.', '-'),
      buildDependencies: { config: [fileURLToPath(import.meta.url)] },
    },
  };
}

/** Has a module ask for the vendor file in place of bringing what that holds. */
const vendorReference = () =>
  new webpack.DllReferencePlugin({
    context: root,
    manifest: vendorManifest,
    // Relative to the module that asks, and with the version so that an update doesn't meet an older file.
    name: `./vendor.js?v=${versionMark}`,
    sourceType: 'amd',
  });

/** @returns {webpack.Configuration} */
function vendorConfig() {
  const config = commonConfig('vendor.js');
  return {
    ...config,
    entry: { vendor },
    output: { ...config.output, library: { type: 'amd' }, cssFilename: 'vendor.css' },
    experiments: { css: true },
    module: { rules: [{ test: /\.css$/, type: 'css/global' }] },
    plugins: [
      new webpack.DllPlugin({ path: vendorManifest, context: root, entryOnly: true }),
      compileAtOnce(),
    ],
    optimization: {
      minimizer: [
        new TerserPlugin({
          extractComments: false,
          // React writes to the console; moderation allows nobody to (platform checklist, rule 11).
          terserOptions: { compress: { drop_console: true }, format: { comments: /@license/i } },
        }),
      ],
    },
  };
}

/**
 * @param {keyof typeof modules} file
 * @returns {webpack.Configuration}
 */
function moduleConfig(file) {
  const {
    entry,
    exports,
    vendor = false,
  } = /** @type {{ entry: string, exports?: string, vendor?: boolean }} */ (modules[file]);
  const config = commonConfig(file);
  return {
    ...config,
    dependencies: vendor ? ['vendor.js'] : [],
    entry,
    output: {
      ...config.output,
      library: { type: 'amd', ...(exports === undefined ? {} : { export: exports }) },
    },
    externals: { jquery: 'jquery', 'amd-require': 'require' },
    externalsType: 'amd',
    resolve: { extensions: ['.ts', '.tsx', '.js'], extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
          loader: require.resolve('ts-loader'),
          options: {
            configFile: path.join(root, 'src', 'widget', 'tsconfig.json'),
            // Types are checked by tsc beside the bundling, on the other processor.
            transpileOnly: true,
            // Comments are for whoever reads the sources; in the archive they would be a quarter of our own code.
            compilerOptions: {
              noEmit: false,
              incremental: false,
              tsBuildInfoFile: null,
              removeComments: true,
            },
          },
        },
      ],
    },
    plugins: [
      // The platform loads script.js on every page, where little of it is called.
      ...(file === 'script.js' ? [] : [compileAtOnce()]),
      ...(vendor ? [vendorReference()] : []),
    ],
    optimization: { moduleIds: 'named', minimizer: [readable] },
  };
}

/**
 * Our code ships readable, because moderators read the archive (platform checklist, rule 2): nothing is renamed
 * or squeezed, webpack's margin marks go, and the layout is that of the sources. It takes a minimizer's place
 * to be cached as one.
 */
const readable = new TerserPlugin({
  extractComments: false,
  parallel: false,
  minify: Object.assign(
    /** @param {Record<string, string>} file */
    async (file) => {
      const { format } = await import('prettier');
      const code = Object.values(file)
        .join('')
        .replace(/^[ \t]*\/\*{3,}\/?[ \t]*|\/\*{6}\/|^\*+\/$/gm, '')
        .replace(/^;(\/\/ \.\/src)/gm, '\n$1');
      return { code: await format(code, { parser: 'babel', printWidth: 110, singleQuote: true }) };
    },
    { getMinimizerVersion: () => /** @type {{ version: string }} */ (prettierPackage).version },
  ),
});
