import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'

/** Has somebody called when the session ends. Source: "Register Logout Webhook node". */
export const registerLogoutWebhook = defineNode({
  type: 'RegisterLogoutWebhookNode',
  version: '1.0',
  title: 'Register Logout Webhook',
  help: 'Has a webhook of the realm called when the session ends that the journey will create, in whatever way it ends.',
  tags: ['utilities'],
  config: z.object({
    webhookName: setting('Webhook Name', 'The webhook of the realm.', z.string().min(1)),
  }),
  outcomes: singleOutcome,
  errors: {
    fail: { 'Configured webhook does not exist: ‹webhookName›': 'The realm has no webhook of that name.' },
  },
  needs: ['webhooks'],
  reference: { outputs: 'whom the end of the session is told' },
  async run({ config: { webhookName }, webhooks }) {
    if (await webhooks.exists(webhookName)) return goTo('outcome', { webhooks: [webhookName] })
    return fail(`Configured webhook does not exist: ${webhookName}`)
  },
})
