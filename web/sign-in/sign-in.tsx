import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Rejection } from '../api/callers-page.ts'
import { journeyOf, transactionOf } from './address.ts'
import type { WalkState } from './flow/state.ts'
import type { End } from './flow/view.ts'
import type { Walk } from './flow/walk.ts'
import { Frame } from './layout/frame.tsx'
import { useAppearance } from './layout/use-appearance.ts'
import { Said } from './messages/said.tsx'
import { CallerPage, CallerStrip } from './pages/caller.tsx'
import { ConfirmedPage, GonePage, OverPage, PlainEnd, RejectedPage } from './pages/caller-ends.tsx'
import { DenyButton } from './pages/denial.tsx'
import { TroubleNotice } from './pages/error-page.tsx'
import { Opening } from './pages/opening.tsx'
import { SignedInPage } from './pages/signed-in.tsx'
import { headingOf } from './step/heading.ts'
import { StepPage } from './step/step-page.tsx'
import type { Words } from './translations/en.ts'
import { bestLanguage, chooseLanguage, type Language } from './translations/languages.ts'
import { useWords, WordsContext } from './translations/words.tsx'

type SignInProps = { walk: Walk; firstLanguage: Language; firstWords: Words }

/** The sign-in page. */
export function SignIn({ walk, firstLanguage, firstWords }: SignInProps) {
  const [{ language, words }, setLanguage] = useState({ language: firstLanguage, words: firstWords })
  const choose = async (code: string) => {
    const chosen = bestLanguage([code])
    chooseLanguage(code)
    walk.speak(code)
    setLanguage({ language: chosen, words: await chosen.words() })
  }
  useEffect(() => {
    document.documentElement.lang = language.code
    document.documentElement.dir = language.direction
  }, [language])
  return (
    <WordsContext value={words}>
      <SignInFrame walk={walk} language={language.code} onLanguage={(code) => void choose(code)} />
    </WordsContext>
  )
}

type FrameProps = { walk: Walk; language: string; onLanguage(code: string): void }

function SignInFrame({ walk, language, onLanguage }: FrameProps) {
  const words = useWords()
  const { address } = walk
  const state = useSyncExternalStore(walk.store.subscribe, walk.store.read)
  const { view, check, trouble } = state
  const appearance = useAppearance(address.realm, journeyOf(address) ?? check?.journey, language)
  const organisation = check?.organisation || appearance?.organisation || 'Sidegate'
  const isCaller = transactionOf(address) !== undefined
  const heading = view.kind === 'step' ? headingOf(view.step, words) : words.title
  useEffect(() => {
    document.title = `${heading} · ${organisation}`
  }, [heading, organisation])
  return (
    <Frame
      appearance={appearance}
      organisation={organisation}
      language={language}
      onLanguage={onLanguage}
      isHostShown={isCaller}
      strip={check && view.kind === 'step' ? <CallerStrip check={check} /> : undefined}
    >
      {trouble && <TroubleNotice trouble={trouble} />}
      <CurrentPage state={state} walk={walk} realm={address.realm} language={language} />
      {isCaller && view.kind === 'step' && (
        <DenyButton key={view.visit} check={check} onReject={(reason) => void walk.reject(reason)} />
      )}
    </Frame>
  )
}

type PageProps = { state: WalkState; walk: Walk; realm: string; language: string }

function CurrentPage({ state, walk, realm, language }: PageProps) {
  const { view, isBusy } = state
  switch (view.kind) {
    case 'opening':
    case 'leaving':
      return <Opening isLeaving={view.kind === 'leaving'} />
    case 'caller': {
      const { kind: _kind, ...page } = view
      const doors = {
        onConfirm: () => void walk.confirm(),
        onContinue: () => walk.agree(),
        onReject: (reason: Rejection) => void walk.reject(reason),
      }
      return <CallerPage key={String(page.isAnswered)} {...page} isBusy={isBusy} {...doors} />
    }
    case 'step':
      return <StepPage key={view.visit} view={view} walk={walk} isBusy={isBusy} language={language} />
    case 'end':
      return <EndPage end={view.end} state={state} walk={walk} realm={realm} />
  }
}

function EndPage({ end, state, walk, realm }: Omit<PageProps, 'language'> & { end: End }) {
  const words = useWords()
  const { check } = state
  const restart = { action: words.startAgain, onAction: () => walk.restart() }
  const onReject = (reason: Rejection) => void walk.reject(reason)
  switch (end.kind) {
    case 'signedIn':
      return <SignedInPage realm={realm} onSignIn={() => walk.restart()} />
    case 'finished':
      return <PlainEnd heading={words.finished} lede={words.close} />
    case 'confirmed':
      return <ConfirmedPage check={check} onReject={onReject} />
    case 'rejected':
      return <RejectedPage check={check} reason={end.reason} isLate={end.isLate} />
    case 'over':
      return <OverPage check={end.check} message={end.message} onReject={onReject} />
    case 'gone':
      return <GonePage />
    case 'cameBack':
      return <PlainEnd heading={words.cameBack} lede={words.cameBackText} {...restart} />
    case 'linkUsed':
      return <PlainEnd heading={words.linkUsed} lede={words.linkUsedText} {...restart} />
    case 'refused':
      return <RefusedPage message={end.message} {...restart} />
  }
}

/** What the server says of a journey that it does not have. */
const unknownJourney = 'No Configuration found'

function RefusedPage({ message, ...restart }: { message: string; action: string; onAction(): void }) {
  const words = useWords()
  const text = message === 'Login failure' ? words.refusedText : message || words.refusedText
  if (message === unknownJourney) return <PlainEnd heading={words.noJourney} lede={words.noJourneyText} />
  return <PlainEnd heading={words.refused} lede={<Said text={text} />} {...restart} />
}
