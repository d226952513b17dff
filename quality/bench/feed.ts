import { request } from 'node:http'

/**
 * Opens a live feed on a connection of its own, as a browser does.
 *
 * @param hear told of every event as soon as all of it is there.
 * @returns closes it.
 */
export function openFeed(
  url: string,
  authId: string,
  hear: (event: string, data: string) => void,
): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, headers: { 'x-sidegate-authid': authId } })
    sent.once('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${response.statusCode} for a live feed`))
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        const events = (text + chunk).split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) {
          const [, name, data] = /^event: (.*)\ndata: (.*)$/m.exec(event) ?? []
          if (name !== undefined && data !== undefined) hear(name, data)
        }
      })
      // It ends when one of both sides closes it.
      response.once('error', () => undefined)
      resolve(() => sent.destroy())
    })
    sent.once('error', reject)
    sent.end()
  })
}
