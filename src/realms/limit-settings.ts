import { z } from 'zod'

const most = z.int().min(0).max(1_000_000)

/** Rate limits per address and per client. 0 means no limit. A window starts with the first request. */
export const limitsSchema = z.object({
  requestsPerAddress: most.default(30_000).meta({
    title: 'Requests per address in 1 minute',
    description:
      'Requests without a session: journey steps, tokens, links. An office often shares one address. 0 means no limit.',
  }),
  samlAnswersPerAddress: most.default(600).meta({
    title: 'SAML responses per address in 1 minute',
    description:
      'Counts valid and invalid responses, because checking their signatures is expensive. 0 means no limit.',
  }),
  failuresPerAddress: most.default(100).meta({
    title: 'Wrong passwords and codes per address in 10 minutes',
    description:
      'Counted for all people together. Further attempts from the address are refused until the 10 minutes are over, except in known browsers. 0 means no limit.',
  }),
  transactionsPerClient: most.default(300).meta({
    title: 'Transactions per client in 1 minute',
    description: 'Transactions that an application opens over REST. 0 means no limit.',
  }),
})
