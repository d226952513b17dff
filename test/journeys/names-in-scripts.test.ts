import { expect, test } from 'vitest'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'
import { plusBuiltInScripts } from '../../src/scripts/built-in/built-in-scripts.ts'
import { scriptNames } from '../../src/scripts/names/script-names.ts'
import { exportNames, readExport } from '../support/exports-folder.ts'

// False alarms would hide real ones: these scripts run.

/** `ALU` of a public export reads settings that its type does not have. */
const real = ['ALU: properties.a', 'ALU: properties.b']

test('finds only real faults in the scripts of the samples and of public exports', () => {
  const samples = readFiles(['samples/alpha', 'samples/custom-nodes'], { realm: '/alpha' })
  const bundles = [samples, ...exportNames.map(readExport)]
  let count = 0
  const found = bundles.flatMap(({ scripts, customNodeTypes }) => {
    const all = [
      ...plusBuiltInScripts(scripts).filter(({ language }) => language === 'JAVASCRIPT'),
      ...customNodeTypes.map(({ displayName, script, properties }) => ({
        name: displayName,
        source: script,
        context: 'NODE_DESIGNER',
        evaluatorVersion: '2.0',
        properties: Object.keys(properties),
      })),
    ]
    count += all.length
    return all.flatMap(({ name, source, ...kind }) =>
      scriptNames(source, kind).unknown.map(
        ({ message }) => `${name}: ${message.replaceAll(/^'|' is.*$/g, '')}`,
      ),
    )
  })
  expect(count).toBeGreaterThan(20)
  expect(found.filter((each) => !real.includes(each))).toEqual([])
})
