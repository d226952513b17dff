import { reportDelivery } from '../../../../contract/messages.ts'
import { notFound, type RequestError, tooManyRequests } from '../../../base/errors.ts'
import type { Limits } from '../../../limits/limits.ts'
import { limitsOfNetworks } from '../../../limits/source.ts'
import { deliveryReportSchema } from '../../../outbox/gateways/delivery-report.ts'
import type { MessageOutbox } from '../../../outbox/message-outbox.ts'
import { parseBody } from '../../body.ts'
import { type Answer, type Call, param, type Route } from '../../route.ts'

type StatusDependencies = {
  messageOutbox: Pick<MessageOutbox, 'report'>
  limits: Pick<Limits, 'waitForAll' | 'takeAll'>
}

/** Reports with unknown tokens from one address in ten minutes. */
// rule R11: otherwise an address guesses the tokens of reports without end
const maxUnknown = 60

/** Delivery reports of gateways. The token in the path names the message; nothing else in a report is trusted. */
export function messageStatusRoutes(from: StatusDependencies): Route[] {
  return [
    {
      ...reportDelivery,
      contentTypes: [],
      // The handler checks the token.
      access: 'everyone',
      side: 'callers',
      takesForms: true,
      summary: 'Takes the delivery report of a gateway, for the message with this token.',
      handle: (call) => report(from, call),
    },
  ]
}

/** Only unknown tokens count, so that honest reports are never refused because of their number. */
async function report({ messageOutbox, limits }: StatusDependencies, call: Call): Promise<Answer> {
  // rule S27: otherwise unknown delivery reports have no limit
  const limit = { key: 'unknown delivery reports', max: maxUnknown, windowMs: 10 * 60_000 }
  const counted = limitsOfNetworks(limit, call.clientIp)
  const status = parseBody(deliveryReportSchema, call)
  const waitMs = await limits.waitForAll(counted)
  if (waitMs !== undefined) throw tooManyUnknown(waitMs)
  if (await messageOutbox.report(param(call, 'token'), status)) return { status: 204 }
  const taken = await limits.takeAll(counted)
  throw taken.kind === 'full' ? tooManyUnknown(taken.waitMs) : notFound('No such message')
}

function tooManyUnknown(waitMs: number): RequestError {
  const message = 'Too many reports about unknown messages'
  return tooManyRequests({ problem: 'tooManyUnknownReports', message, waitMs })
}
