import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Registers a webhook for the end of the session. Source: "Register Logout Webhook node". */
export const registerLogoutWebhook = defineNode({
  type: 'RegisterLogoutWebhookNode',
  title: 'Register Logout Webhook',
  help: 'Calls a logout webhook of the realm when the journey’s session ends for any reason.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      webhookName: setting('Webhook Name', 'Name of the webhook in the realm.', z.string().min(1)),
    }),
  outcomes: singleOutcome,
  errors: {
    fail: { 'Configured webhook does not exist: ‹webhookName›': 'The realm has no webhook with this name.' },
  },
  needs: ['webhooks'],
  reference: { outputs: 'the webhooks to call when the session ends' },
  async run({ config: { webhookName }, webhooks }) {
    if (await webhooks.exists(webhookName)) return goTo('outcome', { webhooks: [webhookName] })
    return fail(`Configured webhook does not exist: ${webhookName}`)
  },
})
