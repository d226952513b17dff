import { FeedReader, type FeedRequest } from '../../../test/support/feed-reader.ts'
import { deskOpens } from '../../../test/support/help-desk-play.ts'
import { stepOf } from '../../../test/support/wire.ts'
import type { Attack } from '../attack.ts'
import { mustHold } from '../attack.ts'

const tries = 150

/** The attacker holds one authId and the stolen session of one agent, and opens live feeds without end. */
export const feedExhaustion: Attack = {
  name: 'feed-exhaustion',
  defence: 'S10: the holder of one authId can take all live feeds',
  goal: 'no live feed left for the agents of any realm',
  async play({ url, agent, administrator }) {
    const { page, reference } = await deskOpens(url, agent)
    const opened: FeedReader[] = []
    const open = async (request: FeedRequest) => {
      const feed = await FeedReader.open(url, request)
      if (feed.status === 200) opened.push(feed)
      return feed
    }
    const flood = async (request: FeedRequest) => {
      const feeds = await Promise.all(Array.from({ length: tries }, () => open(request)))
      const refused = feeds.filter(({ status }) => status === 429)
      mustHold(refused.length > 0, `${tries} feeds are open, and none was rejected`)
      mustHold(Number(refused[0]?.headers.get('retry-after')) > 0, 'the rejection has no Retry-After')
      return tries - refused.length
    }
    try {
      const byJourney = await flood({ headers: { 'x-sidegate-authid': stepOf(page).authId } })
      mustHold(byJourney <= 10, `one journey session has ${byJourney} feeds`)
      const byPerson = await flood({ reference, headers: { iplanetdirectorypro: agent } })
      mustHold(byPerson <= 100, `one person has ${byPerson} feeds`)
      const other = await open({ reference, headers: { iplanetdirectorypro: administrator } })
      mustHold(other.status === 200, `another client got no feed: ${other.status}`)
      return `of ${tries} feeds each, a journey session got ${byJourney} and a person ${byPerson}; other clients got theirs`
    } finally {
      await Promise.all(opened.map((feed) => feed.leave()))
    }
  },
}
