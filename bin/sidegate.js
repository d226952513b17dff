#!/usr/bin/env node
// Syntax that any Node can load, so that an old one reports this line: no `import` declarations and no top-level `await`.
const oldestMajor = 24

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.error(
    'Sidegate needs Node ' +
      oldestMajor +
      ' or newer, and this is Node ' +
      process.versions.node +
      '. ' +
      'A checkout installs its own: run "npm ci", then "npm start" or "npx sidegate".',
  )
  process.exit(1)
}

import('./run.js')
