import { z } from 'zod'

const most = z.int().min(0).max(1_000_000)

/** How much of something a realm lets one address or one client do; 0 is no limit. Windows begin with the first. */
export const limitsSchema = z.object({
  requestsPerAddress: most.default(30_000).meta({
    title: 'Requests from one address in a minute',
    description:
      'Those that need no session: steps of journeys, tokens, links. An office is one address. 0 is no limit.',
  }),
  samlAnswersPerAddress: most.default(600).meta({
    title: 'SAML answers from one address in a minute',
    description:
      'Answers of identity providers that browsers bring, valid or not: their signatures are expensive to check. 0 is no limit.',
  }),
  failuresPerAddress: most.default(100).meta({
    title: 'Wrong passwords and codes from one address in ten minutes',
    description:
      'For all people together. Then none is tried from there until the ten minutes are over, except on known devices. 0 is no limit.',
  }),
  transactionsPerClient: most.default(300).meta({
    title: 'Transactions of one client in a minute',
    description: 'Opened by an application over REST. 0 is no limit.',
  }),
})
