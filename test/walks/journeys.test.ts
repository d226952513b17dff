import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { DocumentStore } from '../../src/realms/document-store.ts'
import { logoutWebhookKind } from '../../src/sessions/logout-webhook.ts'
import { openProject, type Project } from '../../src/testing/project/project.ts'
import { countEnds, rowsIn, testBothWays } from '../support/both-ways.ts'
import { sdkClients } from '../support/sdk-clients.ts'
import { authorizedKey, services, startServices } from '../support/walk-services.ts'

const folder = join(import.meta.dirname, 'journeys')

const rows = await rowsIn(folder)

/** The journeys of `test/fixtures/journeys` and the samples, with the services that they call. */
async function openJourneys(): Promise<Project> {
  const { hosts, near, documents } = await startServices()
  const project = openProject(folder)
  const bundle = near(project.bundle)
  return {
    ...project,
    settings: { ...project.settings, allow: hosts },
    bundle: { ...bundle, documents: [...bundle.documents, ...documents] },
    addTo,
  }
}

/** The public key of a tool, and a logout webhook. */
async function addTo(documents: DocumentStore, dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'security', 'keys', 'amster', 'authorized_keys')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, authorizedKey(services().toolKey.publicKey))
  const document = { url: 'http://127.0.0.1:9/bye' }
  await documents.save('/alpha', { kind: logoutWebhookKind, id: 'crm', document })
}

testBothWays(rows, openJourneys)

afterAll(() => services().stop())

test('all walks are there', () => {
  expect(rows).toHaveLength(95)
})

const { succeeding, failing } = countEnds(rows)

test(`${succeeding} journeys end in success and ${failing} in failure`, () => {
  expect(succeeding).toBeGreaterThanOrEqual(25)
  expect(failing).toBeGreaterThanOrEqual(15)
})

test.each(Object.keys(sdkClients))('%s reaches both ends', (client) => {
  const ends = countEnds(rows.filter(({ sdk }) => sdk === client))
  expect(Math.min(ends.succeeding, ends.failing)).toBeGreaterThan(5)
})
