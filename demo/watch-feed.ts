import { EventSourceParserStream } from 'eventsource-parser/stream'

export type FeedEvent =
  | { kind: 'notification'; data: { journeyStatus?: string } }
  | { kind: 'opened' | 'approved' | 'denied' | 'notMe'; state: string; result: string }

export type Feed = {
  /** The caller's link, from the first event. */
  link: Promise<string>
  /** Settles when the server closes the feed, at the end of the transaction. */
  ended: Promise<void>
}

/** Reads the live feed of the transaction that the journey with this authId has opened. */
export function watchFeed(
  baseUrl: string,
  realm: string,
  authId: string,
  show: (event: FeedEvent) => void,
): Feed {
  const { promise: link, resolve, reject } = Promise.withResolvers<string>()
  const read = async () => {
    const url = `${baseUrl}/json/realms/root/realms/${realm}/authenticate/backchannel/events`
    const response = await fetch(url, { headers: { 'X-Sidegate-AuthId': authId } })
    if (!response.ok || response.body === null) throw new Error(`the live feed returned ${response.status}`)
    const events = response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
    for await (const { event, data } of events) {
      if (event === 'snapshot') resolve(JSON.parse(data).redirectUri)
      else show(JSON.parse(data))
    }
  }
  const ended = read()
  ended.catch(reject)
  return { link, ended }
}
