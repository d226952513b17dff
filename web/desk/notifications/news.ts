import { create } from 'zustand'
import type { Route } from '../navigation/route.ts'
import { ring, type Tone } from './sound.ts'

export type News = {
  /** Names what happened, so that several windows of the agent ring once. */
  key: string
  title: string
  text?: string
  tone: Tone
  /** Whether something else on every page tells it, so that it gets no toast. */
  isOnPage?: boolean
  /** The page that shows it. Looking at that page counts as having seen it. */
  to?: Route
}

type State = {
  /** Oldest first. */
  toasts: readonly News[]
  /** Not looked at yet, for the window's title. */
  unseen: readonly News[]
}

export const useNews = create<State>()(() => ({ toasts: [], unseen: [] }))

const maxToasts = 4

/** Tells the agent about something that is not on the page: a toast, the window's title, and a sound if it is on. */
export function notify(news: News): void {
  const add = (list: readonly News[]) => [...list.filter(({ key }) => key !== news.key), news]
  useNews.setState(({ toasts, unseen }) => ({
    toasts: news.isOnPage === true ? toasts : add(toasts).slice(-maxToasts),
    unseen: add(unseen),
  }))
  void ring(news.key, news.tone)
}

/** Removes the toast. Dismissing it by hand counts as having seen it. */
export function dismiss(key: string, isSeen: boolean): void {
  const drop = (list: readonly News[]) => list.filter((news) => news.key !== key)
  useNews.setState(({ toasts, unseen }) => ({ toasts: drop(toasts), unseen: isSeen ? drop(unseen) : unseen }))
}

/** The agent looks at a page: what it shows is news no longer. */
export function seeNews(isShown: (to: Route) => boolean): void {
  const isNews = ({ to }: News) => to === undefined || !isShown(to)
  useNews.setState((state) => {
    const [toasts, unseen] = [state.toasts.filter(isNews), state.unseen.filter(isNews)]
    const isSame = toasts.length === state.toasts.length && unseen.length === state.unseen.length
    return isSame ? state : { toasts, unseen }
  })
}
