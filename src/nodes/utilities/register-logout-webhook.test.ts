import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import type { WebhookPort } from '../ports/ports.ts'
import { registerLogoutWebhook as node } from './register-logout-webhook.ts'

const webhooks: WebhookPort = { exists: async (name) => name === 'Goodbye' }
const run = (webhookName: string) => runNode(node, { config: { webhookName }, ports: { webhooks } })

test('registers the webhook for the new session', async () => {
  const { action } = await run('Goodbye')
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome', webhooks: ['Goodbye'] })
})

test('fails for an unknown webhook, as nothing would report the end of the session', async () => {
  const message = 'Configured webhook does not exist: Hello'
  expect((await run('Hello')).action).toEqual({ kind: 'error', message })
})

test('requires a webhook', () => {
  expect(node.config.safeParse({}).success).toBe(false)
  expect(node.config.safeParse({ webhookName: '' }).success).toBe(false)
})
