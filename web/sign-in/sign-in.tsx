import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Rejection } from '../api/callers-page.ts'
import { journeyOf, transactionOf } from './address.ts'
import { SlowNotice } from './components/slow-notice.tsx'
import type { FlowState } from './flow/flow-store.ts'
import type { SignInFlow } from './flow/sign-in-flow.ts'
import type { End } from './flow/view.ts'
import type { FirstLook } from './layout/first-look.ts'
import { PageFrame } from './layout/page-frame.tsx'
import { useAppearance } from './layout/use-appearance.ts'
import { Message } from './messages/message.tsx'
import { CallerPage, CallerStrip } from './pages/caller-page.tsx'
import { ConnectionNotice } from './pages/connection-notice.tsx'
import { ConfirmedPage, EndPage, GonePage, OverPage, RejectedPage } from './pages/end-pages.tsx'
import { LoadingPage } from './pages/loading-page.tsx'
import { RejectButton } from './pages/rejection.tsx'
import { SignedInPage } from './pages/signed-in-page.tsx'
import { headingOf } from './step/heading.ts'
import { isGenericMessage } from './step/step-notice.tsx'
import { StepPage } from './step/step-page.tsx'
import { bestLanguage, type Language, saveLanguage } from './translations/languages.ts'
import type { Texts } from './translations/texts.tsx'
import { TextsContext, useTexts } from './translations/texts.tsx'

type SignInProps = {
  flow: SignInFlow
  firstLanguage: Language
  firstWords: Texts
  firstLook: FirstLook | undefined
}

export function SignIn({ flow, firstLanguage, firstWords, firstLook }: SignInProps) {
  const [{ language, texts }, setLanguage] = useState({ language: firstLanguage, texts: firstWords })
  const choose = async (code: string) => {
    const chosen = bestLanguage([code])
    saveLanguage(code)
    flow.setLanguage(code)
    setLanguage({ language: chosen, texts: await chosen.texts() })
  }
  useEffect(() => {
    document.documentElement.lang = language.code
    document.documentElement.dir = language.direction
  }, [language])
  return (
    <TextsContext value={texts}>
      <SignInFrame
        flow={flow}
        language={language.code}
        firstLook={firstLook}
        onLanguage={(code) => void choose(code)}
      />
    </TextsContext>
  )
}

type FrameProps = {
  flow: SignInFlow
  language: string
  firstLook: FirstLook | undefined
  onLanguage(code: string): void
}

function SignInFrame({ flow, language, firstLook, onLanguage }: FrameProps) {
  const texts = useTexts()
  const { address } = flow
  const state = useSyncExternalStore(flow.store.subscribe, flow.store.read)
  const { view, check, problem, isBusy } = state
  const journey = journeyOf(address) ?? check?.journey
  const { appearance, isLoading } = useAppearance({ realm: address.realm, journey, language }, firstLook)
  const organisation = appearance?.organisation || check?.organisation || (isLoading ? undefined : 'Sidegate')
  const isCaller = transactionOf(address) !== undefined
  const heading = view.kind === 'step' ? headingOf(view.step, texts) : texts.title
  useEffect(() => {
    if (organisation !== undefined) document.title = `${heading} · ${organisation}`
  }, [heading, organisation])
  return (
    <PageFrame
      appearance={appearance}
      organisation={organisation}
      language={language}
      onLanguage={onLanguage}
      isHostShown={isCaller}
      strip={check && view.kind === 'step' ? <CallerStrip check={check} /> : undefined}
    >
      {problem && <ConnectionNotice problem={problem} />}
      <CurrentPage state={state} flow={flow} realm={address.realm} language={language} />
      {isCaller && view.kind === 'step' && (
        <RejectButton key={view.visit} check={check} onReject={(reason) => flow.reject(reason)} />
      )}
      <SlowNotice isWaiting={isBusy && problem === undefined} />
    </PageFrame>
  )
}

type PageProps = { state: FlowState; flow: SignInFlow; realm: string; language: string }

function CurrentPage({ state, flow, realm, language }: PageProps) {
  const { view, isBusy } = state
  switch (view.kind) {
    case 'opening':
    case 'leaving':
      return <LoadingPage isLeaving={view.kind === 'leaving'} />
    case 'caller': {
      const { kind: _kind, ...page } = view
      const handlers = {
        onConfirm: () => void flow.confirm(),
        onContinue: () => flow.continueAsCaller(),
        onReject: (reason: Rejection) => flow.reject(reason),
      }
      return <CallerPage key={String(page.isAnswered)} {...page} isBusy={isBusy} {...handlers} />
    }
    case 'step':
      return <StepPage key={view.visit} view={view} flow={flow} isBusy={isBusy} language={language} />
    case 'end':
      return <CurrentEnd end={view.end} state={state} flow={flow} realm={realm} />
  }
}

function CurrentEnd({ end, state, flow, realm }: Omit<PageProps, 'language'> & { end: End }) {
  const texts = useTexts()
  const { check } = state
  const restart = { action: texts.startAgain, onAction: () => flow.restart() }
  const onReject = (reason: Rejection) => flow.reject(reason)
  switch (end.kind) {
    case 'signedIn':
      return <SignedInPage realm={realm} onSignIn={() => flow.restart()} />
    case 'finished':
      return <EndPage heading={texts.finished} lede={texts.close} />
    case 'confirmed':
      return <ConfirmedPage check={check} onReject={onReject} />
    case 'rejected':
      return <RejectedPage check={check} reason={end.reason} isLate={end.isLate} />
    case 'over':
      return <OverPage check={end.check} message={end.message} onReject={onReject} />
    case 'gone':
      return <GonePage />
    case 'cameBack':
      return <EndPage heading={texts.cameBack} lede={texts.cameBackText} {...restart} />
    case 'linkUsed':
      return <EndPage heading={texts.linkUsed} lede={texts.linkUsedText} {...restart} />
    case 'refused':
      return <RefusedPage message={end.message} {...restart} />
    case 'cameBackRefused': {
      const text = isGenericMessage(end.message) ? texts.cameBackRefused : end.message
      return <EndPage heading={texts.refused} lede={<Message text={text} />} {...restart} />
    }
  }
}

/** The server's messages for an unknown journey and an unknown realm. */
const unknownPlaces = new Set(['No Configuration found', 'Realm not found'])

function RefusedPage({ message, ...restart }: { message: string; action: string; onAction(): void }) {
  const texts = useTexts()
  const text = message === 'Login failure' ? texts.refusedText : message || texts.refusedText
  if (unknownPlaces.has(message)) return <EndPage heading={texts.noJourney} lede={texts.noJourneyText} />
  return <EndPage heading={texts.refused} lede={<Message text={text} />} {...restart} />
}
