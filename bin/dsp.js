#!/usr/bin/env node
// The launcher. Its syntax is old on purpose, so that a Node which cannot run dsp can still say so, and say what to do.
import { existsSync } from 'fs';

var needed = 24;
var major = Number(process.versions.node.split('.')[0]);

if (major < needed) {
  process.stderr.write(
    'dsp: needs Node ' +
      needed +
      ' or newer, and this is Node ' +
      process.versions.node +
      '\n  hint: npm install --save-dev node@' +
      needed +
      ' puts one into this project, and npx dsp then uses it\n',
  );
  process.exitCode = 69;
} else {
  // In a checkout the sources run as they are; Node refuses to run TypeScript under node_modules, so the package has them built.
  var source = new URL('../src/cli/main.ts', import.meta.url);
  var built = new URL('../dist/src/cli/main.js', import.meta.url);
  void import('node:module')
    .then(function (nodeModule) {
      nodeModule.enableCompileCache();
      return import((existsSync(source) ? source : built).href);
    })
    .then(function (main) {
      return main.main();
    });
}
