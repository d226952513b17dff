import { createHmac } from 'node:crypto'
import { pooledRandomBytes } from '../../secrets/pooled-random-bytes.ts'

const prefix = 'whsec_'

/** 256 random bits in the format of Standard Webhooks. */
export function newWebhookSecret(): string {
  return prefix + pooledRandomBytes(32).toString('base64')
}

/**
 * The headers that prove that a payload is genuine, unchanged and recent.
 * Source: Standard Webhooks, "Verifying webhook authenticity".
 * @param at time of this attempt; epoch milliseconds.
 */
export function signatureHeaders(
  { id, body }: { id: string; body: string },
  secret: string,
  at: number,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
