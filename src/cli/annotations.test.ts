import { join } from 'node:path'
import { expect, test } from 'vitest'
import { annotationLine, isInGitHubActions } from './annotations.ts'

const fault = { level: 'error', title: 'lint', message: 'It fails.' } as const

test('writes file, line, title and message', () => {
  const place = { file: 'journeys/Login.json', line: 41 }
  expect(annotationLine({ ...fault, place }, {})).toBe(
    '::error file=journeys/Login.json,line=41,title=lint::It fails.',
  )
  expect(annotationLine({ ...fault, level: 'notice', place: undefined }, {})).toBe(
    '::notice title=lint::It fails.',
  )
})

test('writes paths relative to the repository', () => {
  const place = { file: 'journeys/Login.json', line: 1 }
  const environment = { GITHUB_WORKSPACE: join(process.cwd(), '..') }
  const line = annotationLine({ ...fault, place }, environment)
  expect(line).toContain(`file=${join(process.cwd().split('/').at(-1) ?? '', 'journeys', 'Login.json')},`)
})

test('escapes everything that could end the message or begin another command', () => {
  const text = '100%\r\n::set-env name=a,b::c'
  const line = annotationLine(
    { level: 'warning', place: { file: text, line: 2 }, title: text, message: text },
    {},
  )
  const property = '100%25%0D%0A%3A%3Aset-env name=a%2Cb%3A%3Ac'
  expect(line).toBe(`::warning file=${property},line=2,title=${property}::100%25%0D%0A::set-env name=a,b::c`)
})

test('knows GitHub Actions by its variable', () => {
  expect([{ GITHUB_ACTIONS: 'true' }, { GITHUB_ACTIONS: '' }, {}].map(isInGitHubActions)).toEqual([
    true,
    false,
    false,
  ])
})
