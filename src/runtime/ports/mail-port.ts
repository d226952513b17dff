import type { MailPort } from '../../nodes/ports/ports.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import type { RunContext } from './run-context.ts'

/** Collects the mails of a step: they are saved with it, and sent by the courier. */
export function mailPort({ effects, request, templateNamed }: RunContext): MailPort {
  return {
    send: (mail) => void effects.mails.push(mail),
    async sendTemplate(name, to, object) {
      const template = await templateNamed(name)
      if (template?.enabled !== true) return false
      effects.mails.push(renderTemplate(template, { to, object, locales: request.locales }))
      return true
    },
  }
}
