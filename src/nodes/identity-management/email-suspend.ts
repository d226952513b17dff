import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { localise, localisedTextSchema } from '../../base/locale.ts'
import { goTo, suspend } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting } from '../define-node.ts'
import { emailSettings, templateErrors } from './email-template.ts'
import { attributeOf, container } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/**
 * Sends a link by email and waits until it is opened. The response doesn't reveal whether an email was sent. Source:
 * "Email Suspend node".
 */
export const emailSuspend = defineNode({
  type: 'EmailSuspendNode',
  title: 'Email Suspend Node',
  help: 'Sends an email with a link and waits until the link is opened. The template includes the link as `{{object.resumeURI}}`.',
  tags: ['identity management'],
  config: () =>
    z.object({
      emailTemplateName: emailSettings.emailTemplateName('registration'),
      emailAttribute: emailSettings.emailAttribute,
      emailSuspendMessage: setting(
        'Email Suspend Message',
        'Text of the waiting page by locale.',
        localisedTextSchema.default({
          en: 'An email has been sent to the address you entered. Click the link in that email to proceed.',
        }),
        'localisedText',
      ),
      objectLookup: flagSetting(
        'Object Lookup',
        'Fills the template with the person’s stored attributes instead of the collected ones.',
      ),
      identityAttribute: identityAttribute('userName'),
      suspendDuration: setting(
        'Suspend Duration (optional)',
        'Minutes until the link expires. Unset: the realm’s setting.',
        z.int().positive().nullish(),
      ),
    }),
  outcomes: singleOutcome,
  reads: (config) => personReads(config.identityAttribute),
  suspends: true,
  errors: templateErrors,
  needs: ['identities', 'mailer'],
  reference: { inputs: 'whether the link was opened', outputs: 'an email' },
  async run({ config, state, identities, mailer, request, resumeUri, resumedFromSuspend, log }) {
    if (resumedFromSuspend) return goTo('outcome')
    const object = config.objectLookup
      ? await findPerson({ state, identities }, config.identityAttribute)
      : collected(state)
    const to = object === undefined ? '' : attributeOf(object, config.emailAttribute)
    if (object !== undefined && typeof to === 'string' && to !== '') {
      const isSent = await mailer.sendTemplate(config.emailTemplateName, to, {
        ...object,
        resumeURI: resumeUri,
      })
      if (!isSent) log.error(`Email template '${config.emailTemplateName}' does not exist or is not enabled`)
    } else log.debug('Object and recipient required to send email. Email not sent')
    const message = localise(
      config.emailSuspendMessage,
      request.locales,
      'An email has been sent to your inbox.',
    )
    return suspend(message, config.suspendDuration ?? undefined)
  },
})

/** The attributes in shared state. Secret ones are in transient state and must not be emailed. */
function collected(state: NodeState): JsonObject | undefined {
  const shared = state.snapshot().shared[container]
  return isJsonObject(shared) ? shared : undefined
}
