/** A client and what it may still do, in any order. `use c2` is the operation `use` on the check `c2`. */
export type Actor = Readonly<{ name: string; server: 'A' | 'B'; may: readonly string[] }>

export type Scope = Readonly<{
  name: string
  /** Parts of the names of conditions for which this scope is the first to try. */
  covers?: readonly string[]
  /** Operations that bring the rows to where the exploration begins. */
  before?: readonly string[]
  actors: readonly Actor[]
  /** Times of the clock after its start, in milliseconds. It moves on at any time, also inside operations. */
  clock: readonly number[]
  crashes?: number
}>

/** The delay of a result, how long a check lives, when a result is over, and a pause, in milliseconds. */
const [delay, expiry, over, pause, week] = [60_000, 180_000, 660_000, 1_800_000, 8 * 86_400_000]

/** A client with its server and operations, as in `dana A: use, withdraw`. */
function actors(...lines: readonly string[]): Actor[] {
  return lines.map((line) => {
    const [who = '', operations = ''] = line.split(': ')
    const [name = '', server] = who.split(' ')
    return { name, server: server === 'B' ? 'B' : 'A', may: operations.split(', ').toSorted() }
  })
}

/** The scopes. Each begins with checks of three people, and rows that nothing may touch. */
export const scopes: readonly Scope[] = [
  {
    name: 'page',
    covers: [' see ', ' confirm ', ' change ', ' isIn '],
    actors: actors(
      'caller A: see, confirm, start',
      'browser B: see, confirm',
      'dana A: alsoChecked, wrongPerson',
    ),
    clock: [expiry],
  },
  {
    name: 'clock',
    covers: [' timeOf '],
    actors: actors('caller A: see, confirm', 'other B: start c2, cancel c2', 'dana A: notify, alsoChecked'),
    clock: [1],
  },
  {
    name: 'messages',
    covers: [' send ', ' sendMessage '],
    actors: actors('dana A: send, sendMessage', 'kim B: sendAgain, sendMessageAgain', 'caller B: start'),
    clock: [delay - 1, delay],
  },
  {
    name: 'notifications',
    covers: [' recordNotification ', ' eventByKey 1'],
    actors: actors('caller A: notify, notifyAgain, notify c2', 'browser B: notify, start', 'dana A: cancel'),
    clock: [expiry],
  },
  {
    name: 'lists',
    covers: [' isAbout ', ' openAbout '],
    before: ['approve'],
    actors: actors('dana A: listOpen', 'kim B: approveElsewhere c2', 'person B: notMe, notMe c5'),
    clock: [expiry],
  },
  {
    name: 'lists of results',
    covers: [' usableAbout '],
    before: ['approve'],
    actors: actors('dana A: useAtOnce, listUsable', 'lead A: withdrawAsLead', 'person B: notMe, notMe c5'),
    clock: [delay, week],
  },
  {
    name: 'keys',
    covers: [' match ', ' byId ', ' spend 1'],
    actors: actors(
      'caller A: codeRight, codeRight c2',
      'browser B: codeWrong, codeWrong c2',
      'dana A: cancel',
    ),
    clock: [expiry],
  },
  {
    name: 'codes',
    covers: [' spend 2', ' eventByKey 2'],
    actors: actors(
      'caller A: codeWrong, codeRight, codeWrong3',
      'browser B: codeWrong, codeWrong2',
      'dana A: cancel, poll',
    ),
    clock: [expiry],
  },
  {
    name: 'short codes',
    covers: ['short-codes.ts'],
    actors: actors('caller A: redeem, redeem', 'browser B: redeem', 'dana A: issue, cancel, issueSame c2'),
    clock: [1, expiry],
    crashes: 1,
  },
  {
    name: 'steps',
    covers: ['step-statements.ts'],
    actors: actors(
      'caller A: renewAndRelease, approve',
      'browser B: approve',
      'cleaner B: forget j1, forget j3, forget j4',
    ),
    clock: [7_000],
    crashes: 1,
  },
  {
    name: 'claims',
    covers: ['step-statements.ts renew', 'step-statements.ts release'],
    actors: actors('caller A: renewAndRelease, approve', 'browser B: renewAndRelease, approve'),
    clock: [7_000, 7_001],
  },
  {
    name: 'race',
    covers: ['isIn ', ' prove '],
    actors: actors('caller A: start, approve', 'browser B: approveElsewhere, notMe', 'dana A: cancel, poll'),
    clock: [1, expiry],
  },
  {
    name: 'failure',
    covers: [' cancelOwn '],
    actors: actors(
      'caller A: approve, poll',
      'browser B: fail, wrongPerson',
      'dana A: cancelOwn, poll',
      'kim B: cancelOwn, takeOver',
    ),
    clock: [expiry],
  },
  {
    name: 'failed result',
    covers: ['verifications.ts settle 5'],
    before: ['fail'],
    actors: actors('dana A: useAtOnce, withdraw, offer', 'lead A: withdrawAsLead'),
    clock: [delay, over],
  },
  {
    name: 'result',
    covers: ['verifications.ts settle 6'],
    before: ['approve'],
    actors: actors(
      'dana A: use, withdraw',
      'kim B: takeOver, use',
      'person B: calledMe',
      'lead A: withdrawAsLead',
    ),
    clock: [delay, over],
  },
  {
    name: 'use twice',
    covers: ['verifications.ts use ', ' settle '],
    before: ['approve'],
    actors: actors('dana A: use, poll', 'dana B: useAtOnce', 'lead B: withdrawAsLead'),
    clock: [delay, over],
    crashes: 1,
  },
  {
    name: 'unproven',
    covers: ['verifications.ts use '],
    actors: actors(
      'caller A: approveUnbound, approve',
      'dana A: useAtOnce, use',
      'lead B: withdrawAsLead',
      'person B: notMe',
    ),
    clock: [delay, over],
  },
  {
    name: 'hand-over',
    covers: [' handOver ', ' withdrawOffer ', ' acceptOffer '],
    actors: actors(
      'dana A: offer, offerTeam, withdrawOffer, cancelOwn',
      'kim B: accept, offerBack',
      'lead A: takeOver, accept',
      'caller B: notMe',
    ),
    clock: [expiry],
  },
  {
    name: 'late hand-over',
    covers: [' isInHandOver '],
    before: ['approve'],
    actors: actors(
      'dana A: useAtOnce, withdraw, offer',
      'kim B: accept',
      'lead A: takeOver',
      'person B: notMe',
    ),
    clock: [expiry, week],
  },
  {
    name: 'rejection',
    covers: [' readAs', ' rejectLate '],
    actors: actors(
      'person B: approve, notMe, calledMe',
      'dana A: readRejection, readRejection, readAsLead, takeOver',
      'lead A: readAsLead, readRejection',
      'lead B: readAsLead',
    ),
    clock: [],
  },
  {
    name: 'second agent',
    covers: ['approvals.ts'],
    actors: actors(
      'noor A: approveRequest a1, approveRequest a2, approveRequest a9',
      'kim B: declineRequest a1',
      'dana A: useRequest a1, useAnother a1, cancelRequest a1, cancelAnother a1',
      'tab B: useRequest a1, askAgain a1',
    ),
    clock: [expiry, 480_000],
  },
  {
    name: 'asking',
    covers: ['approvals.ts cancelAll'],
    actors: actors(
      'tab B: askAgain a1',
      'dana A: askElsewhere a0, useRequest a1',
      'noor A: approveRequest a1',
    ),
    clock: [expiry],
  },
  {
    name: 'two servers',
    actors: actors('caller A: approve', 'browser B: approve', 'person B: notMe', 'dana A: useAtOnce, cancel'),
    clock: [7_000, delay + 7_000],
    crashes: 1,
  },
  {
    name: 'vouched for',
    covers: [' newestAbout ', ' isUnreported '],
    actors: actors(
      'caller A: approve c5',
      'person B: notMe, listNewest',
      'dana A: useAtOnce c5',
      'manager B: notMe c5',
    ),
    clock: [delay, pause],
  },
  {
    name: 'reports',
    covers: ['verifications.ts use 2'],
    before: ['approve'],
    actors: actors(
      'person A: calledMe, notMe c2',
      'dana A: useAtOnce, pause',
      'kim B: approveElsewhere c2, useAtOnce c2',
      'lead A: liftPause',
    ),
    clock: [delay, pause],
  },
  {
    name: 'pause',
    covers: [' isUnreported ', ' lastRejection ', ' liftPause ', ' approve '],
    actors: actors(
      'caller A: approve c3',
      'dana B: useAtOnce c3, pause c3',
      'lead A: liftPause c3, liftPause c3',
      'person B: notMe c4, calledMe c3',
    ),
    clock: [delay, expiry],
  },
  {
    name: 'opening',
    actors: actors(
      'kim A: open c9',
      'person B: notMe, calledMe',
      'caller A: approve c9',
      'dana A: useAtOnce c9, poll c9',
    ),
    clock: [delay],
  },
]
