/** A client and what it may still do, in any order. `use c2` is the operation `use` on the check `c2`. */
export type Actor = Readonly<{ name: string; server: 'A' | 'B'; may: readonly string[] }>

export type Scope = Readonly<{
  name: string
  /** Operations that bring the rows to where the exploration begins. */
  before?: readonly string[]
  actors: readonly Actor[]
  /** Times of the clock after its start, in milliseconds. It moves on at any time, also inside operations. */
  clock: readonly number[]
  crashes?: number
}>

/** How long a check lives, the delay of its result, and when that is over, in milliseconds. */
const [delay, expiry, over] = [60_000, 180_000, 660_000]

/** The scopes. Each begins with two checks of one person, and rows that nothing may touch. */
export const scopes: readonly Scope[] = [
  {
    name: 'race',
    actors: [
      { name: 'caller', server: 'A', may: ['start', 'approve'] },
      { name: 'browser', server: 'B', may: ['approveElsewhere', 'notMe'] },
      { name: 'dana', server: 'A', may: ['cancel'] },
    ],
    clock: [1, expiry],
  },
  {
    name: 'failure',
    actors: [
      { name: 'caller', server: 'A', may: ['approve', 'poll'] },
      { name: 'browser', server: 'B', may: ['fail', 'wrongPerson'] },
      { name: 'dana', server: 'A', may: ['cancelOwn', 'poll'] },
      { name: 'kim', server: 'B', may: ['cancelOwn', 'takeOver'] },
    ],
    clock: [expiry],
  },
  {
    name: 'page',
    actors: [
      { name: 'caller', server: 'A', may: ['see', 'confirm', 'start'] },
      { name: 'browser', server: 'B', may: ['see', 'confirm'] },
      { name: 'dana', server: 'A', may: ['send', 'sendAgain', 'sendMessage', 'alsoChecked'] },
    ],
    clock: [1, delay, expiry],
  },
  {
    name: 'codes',
    actors: [
      { name: 'caller', server: 'A', may: ['codeWrong', 'codeRight', 'codeWrong4'] },
      { name: 'browser', server: 'B', may: ['codeWrongAgain', 'codeWrong2', 'codeWrong3'] },
      { name: 'dana', server: 'A', may: ['cancel'] },
    ],
    clock: [1],
  },
  {
    name: 'short codes',
    actors: [
      { name: 'caller', server: 'A', may: ['redeem', 'redeemAgain'] },
      { name: 'browser', server: 'B', may: ['redeem'] },
      { name: 'dana', server: 'A', may: ['issue', 'cancel'] },
    ],
    clock: [1, expiry],
    crashes: 1,
  },
  {
    name: 'result',
    before: ['approve'],
    actors: [
      { name: 'dana', server: 'A', may: ['use', 'withdraw', 'poll'] },
      { name: 'kim', server: 'B', may: ['takeOver', 'use', 'withdraw'] },
      { name: 'person', server: 'B', may: ['calledMe'] },
      { name: 'lead', server: 'A', may: ['withdrawAsLead'] },
    ],
    clock: [delay, expiry, over],
  },
  {
    name: 'unproven',
    actors: [
      { name: 'caller', server: 'A', may: ['approveUnbound', 'approve'] },
      { name: 'dana', server: 'A', may: ['useAtOnce', 'use', 'withdraw', 'withdrawAsLead'] },
      { name: 'person', server: 'B', may: ['notMe'] },
    ],
    clock: [delay, over],
  },
  {
    name: 'hand-over',
    actors: [
      { name: 'dana', server: 'A', may: ['offer', 'offerTeam', 'withdrawOffer', 'cancelOwn'] },
      { name: 'kim', server: 'B', may: ['accept', 'offerBack'] },
      { name: 'lead', server: 'A', may: ['takeOver', 'accept'] },
      { name: 'caller', server: 'B', may: ['notMe'] },
    ],
    clock: [expiry],
  },
  {
    name: 'late hand-over',
    before: ['approve'],
    actors: [
      { name: 'dana', server: 'A', may: ['useAtOnce', 'withdraw', 'offer'] },
      { name: 'kim', server: 'B', may: ['accept'] },
      { name: 'lead', server: 'A', may: ['takeOver'] },
      { name: 'person', server: 'B', may: ['notMe'] },
    ],
    clock: [expiry, 8 * 86_400_000],
  },
  {
    name: 'rejection',
    actors: [
      { name: 'person', server: 'B', may: ['approve', 'notMe', 'calledMe'] },
      { name: 'dana', server: 'A', may: ['readRejection', 'readAsLead', 'takeOver'] },
      { name: 'lead', server: 'A', may: ['readAsLead', 'readRejection'] },
      { name: 'lead', server: 'B', may: ['readAsLead', 'readRejection'] },
    ],
    clock: [],
  },
  {
    name: 'second agent',
    actors: [
      { name: 'noor', server: 'A', may: ['approveRequest a1', 'approveRequest a2'] },
      { name: 'kim', server: 'B', may: ['declineRequest a1'] },
      {
        name: 'dana',
        server: 'A',
        may: ['useRequest a1', 'useAnother a1', 'cancelRequest a1', 'cancelAnother a1'],
      },
      { name: 'tab', server: 'B', may: ['useRequest a1', 'askAgain a1'] },
    ],
    clock: [1, expiry, 480_000],
  },
  {
    name: 'two servers',
    actors: [
      { name: 'caller', server: 'A', may: ['approve', 'codeWrong'] },
      { name: 'browser', server: 'B', may: ['approveAgain', 'codeWrongAgain'] },
      { name: 'person', server: 'B', may: ['notMe'] },
      { name: 'dana', server: 'A', may: ['use', 'cancel'] },
    ],
    clock: [7_000, delay],
    crashes: 1,
  },
  {
    name: 'reports',
    before: ['approve'],
    actors: [
      { name: 'person', server: 'A', may: ['calledMe', 'notMe'] },
      { name: 'person', server: 'B', may: ['notMe c2'] },
      { name: 'dana', server: 'A', may: ['useAtOnce', 'pause'] },
      { name: 'kim', server: 'B', may: ['approveElsewhere c2', 'useAtOnce c2'] },
      { name: 'lead', server: 'A', may: ['liftPause'] },
    ],
    clock: [delay, 1_800_000],
  },
  {
    name: 'pause',
    actors: [
      { name: 'caller', server: 'A', may: ['approve c3', 'approveElsewhere c3'] },
      { name: 'dana', server: 'B', may: ['useAtOnce c3', 'pause c3'] },
      { name: 'lead', server: 'A', may: ['liftPause c3'] },
      { name: 'person', server: 'B', may: ['notMe c4', 'calledMe c3', 'calledMe'] },
    ],
    clock: [delay, expiry],
  },
]
