import { expect, test } from 'vitest'
import { exportOf, scripted, tested } from '../support/walk-project.ts'

// The settings and variables in the folder of a project are those of its worlds, unless the project declares others.

const source = `var port = systemEnv.getProperty("esv.port"); outcome = String(port) === "8443" ? "yes" : "no";`
const files = {
  'journeys/Port.json': exportOf(
    'Port',
    { Decide: scripted('port', { yes: 'success', no: 'failure' }) },
    { port: source },
  ),
  'realms/alpha/realm-config/authentication.json': JSON.stringify({
    _id: '',
    postauthprocess: { loginSuccessUrl: ['/from-folder'] },
  }),
  'realms/alpha/scripts/scripts-config/x.json': JSON.stringify({
    _id: 'x',
    name: 'x',
    context: 'LIBRARY',
    script: '',
  }),
  'esvs/variables/esv-port.json': JSON.stringify({
    _id: 'esv-port',
    expressionType: 'int',
    valueBase64: Buffer.from('8443').toString('base64'),
  }),
}
const walk = (more: string, ends: string) =>
  `journey: Port\n${more}walks:\n  - it: decides\n    ends: ${ends}\n`

test.each([
  ['variables of the folder', '', 'success'],
  ['a variable that the walk declares instead', 'esv: { port: "1" }\n', 'failure'],
  ['settings of the folder', '', '{ success: { successUrl: /from-folder } }'],
  [
    'a setting that the walk declares instead',
    'realm: { successUrl: /declared }\n',
    '{ success: { successUrl: /declared } }',
  ],
])('a walk runs with %s', async (_what, more, ends) => {
  const { status, output } = await tested({ ...files, 'tests/port.walk.yaml': walk(more, ends) })
  expect({ status, output }).toMatchObject({ status: 0 })
})
