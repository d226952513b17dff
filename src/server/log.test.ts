import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LogFormat } from '../config.ts'
import { logFormat } from './log.ts'

test('logs readable lines on a terminal and JSON elsewhere, unless a format is set', () => {
  expect(logFormat(undefined, true)).toBe('pretty')
  expect(logFormat(undefined, false)).toBe('json')
  expect(logFormat('json', true)).toBe('json')
  expect(logFormat('pretty', false)).toBe('pretty')
})

/** The standard error of a process that logs one line. */
function logged(format: LogFormat): string {
  const file = JSON.stringify(join(import.meta.dirname, 'log.ts'))
  const program = `import { makeLog } from ${file}
    const log = await makeLog('info', '${format}')
    log.info({ realm: '/alpha' }, 'the server has started')`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return stderr
}

test('writes a JSON object per line', () => {
  expect(JSON.parse(logged('json'))).toMatchObject({
    level: 30,
    realm: '/alpha',
    msg: 'the server has started',
  })
})

test('writes a readable line with time, level, text and fields', () => {
  expect(logged('pretty')).toMatch(
    /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: the server has started \{"realm":"\/alpha"\}\n$/,
  )
})
