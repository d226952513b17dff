import type { Growth } from './growth.ts'
import type { InstallSizes } from './install-size.ts'
import type { FeedTimes } from './live-feed.ts'
import type { LoginRates } from './login-rate.ts'
import type { Memory } from './memory-use.ts'
import type { PollCosts } from './poll-cost.ts'
import type { ScriptBlocks } from './script-cost.ts'
import type { StartTimes } from './start-time.ts'
import type { StepCosts } from './step-cost.ts'

/** What one run measured. */
export type Results = {
  install: InstallSizes
  start: StartTimes
  memory: Memory
  steps: StepCosts
  scripts: ScriptBlocks
  feeds: FeedTimes
  polls: PollCosts
  logins: LoginRates
  growth: Growth
}
