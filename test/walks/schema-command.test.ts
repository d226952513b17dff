import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { schemaCommand } from '../../src/cli/schema-command.ts'
import { walkFileSchema } from '../../src/testing/walk-file.ts'
import { login, projectFolder } from '../support/walk-project.ts'

function schemaOf(folder: string) {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  schemaCommand([folder], { print, warn: print, environment: {} })
  return JSON.parse(lines.join('\n'))
}

test('proposes the journeys, nodes and outcomes of the project', () => {
  const { properties } = schemaOf(projectFolder({ 'Login.json': login }))
  expect(properties.journey.anyOf[0].enum).toEqual(['Login'])
  const walk = properties.walks.items.properties
  expect(walk.path.anyOf[0].items.anyOf[0].enum).toEqual([
    '...',
    'Ask Name → outcome',
    'Ask Password → outcome',
    'Check → false',
    'Check → true',
  ])
  expect(Object.keys(walk.visits.properties)).toContain('Check → true')
  expect(walk.it.description).toBe('What the journey does, as the end of a sentence.')
})

test('writes the schema to a file', () => {
  const folder = projectFolder({ 'Login.json': login })
  const file = join(folder, 'walks.schema.json')
  schemaCommand([folder, '--out', file], { print: () => {}, warn: () => {}, environment: {} })
  expect(JSON.parse(readFileSync(file, 'utf8')).title).toBe('Sidegate walks')
})

test('describes sidegate.yaml with its targets', () => {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  schemaCommand(['--settings'], { print, warn: print, environment: {} })
  const { properties } = JSON.parse(lines.join('\n'))
  const target = properties.targets.additionalProperties.properties
  expect(Object.keys(target)).toEqual(['url', 'realm', 'production', 'logs', 'admin'])
  expect(target.logs.properties.keyEnv.description).toBe('Variable with the log API key.')
})

const walks = `
journey: Login
people: { alex: { mail: alex@example.com, roles: [helpdesk] } }
realm: { journeyMinutes: 10 }
begin: &begin
  - answer: { NameCallback: alex, PasswordCallback: [a, b] }
  - mail: { to: alex@example.com, keep: { code: '/Code: (.*)/' } }
walks:
  - it: signs in
    steps: [*begin, { wait: 6m }, { returns: true, asks: [Password, Name] }]
    ends: { success: { successUrl: /console } }
    path: [..., Check → true]
    visits: { Check → true: 1 }
    http: [{ POST: "https://risk.example/", body: { user: alex }, reply: timeout }]
  - it: is seen by two parties
    parties: { agent: { journey: Login, signedIn: alex }, caller: { transactionOf: agent } }
    steps: [{ agent: { answer: {} } }, { caller: { opens: link, ends: { failure: true } } }]
    told: [opened, { notification: { status: seen } }]
    people: { alex: { loginCount: "+1" } }
`

test('accepts valid walks, and rejects unknown members', () => {
  const schema = z.fromJSONSchema(schemaOf(projectFolder({ 'Login.json': login })))
  const valid: unknown = parse(walks)
  expect(walkFileSchema.safeParse(valid).success).toBe(true)
  expect(schema.safeParse(valid).error?.issues ?? []).toEqual([])
  const unknown = { journey: 'Login', walks: [{ it: 'signs in', stps: [] }] }
  expect(schema.safeParse(unknown).success).toBe(false)
})

test('accepts every walk file of the samples', () => {
  const samples = join(import.meta.dirname, '..', '..', 'samples')
  const schema = z.fromJSONSchema(schemaOf(samples))
  for (const file of globSync('tests/*.walk.yaml', { cwd: samples })) {
    const issues = schema.safeParse(parse(readFileSync(join(samples, file), 'utf8'))).error?.issues ?? []
    expect(issues, file).toEqual([])
  }
})
