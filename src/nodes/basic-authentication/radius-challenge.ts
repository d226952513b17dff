import { z } from 'zod'

/** State key of a server's challenge, in transient state as AM keeps it. */
export const challengeKey = 'radiusChallenge'

/** The challenge, and what the person answered. Members besides AM's three bind it to its server and its person. */
export const challengeSchema = z.object({
  /** What the server wants back, in base64. */
  octets: z.string(),
  replyMessage: z.string(),
  response: z.string().optional(),
  server: z.string(),
  userName: z.string(),
})
