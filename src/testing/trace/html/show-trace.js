// @ts-check
// The script of the page: moves through the nodes of a trace. Without it, the page shows all of them.

const player = document.getElementById('player')
if (player !== null) start(player)

/** @param {HTMLElement} player */
function start(player) {
  const frames = elementsIn(player, '.frame')
  const slider = document.getElementById('position')
  const place = document.getElementById('place')
  const controls = player.querySelector('.controls')
  if (!(slider instanceof HTMLInputElement) || place === null || !(controls instanceof HTMLElement)) return
  controls.hidden = false
  document.documentElement.classList.add('moving')

  /** @param {number} number from 1 */
  const show = (number) => {
    const at = Math.min(Math.max(number, 1), frames.length)
    const current = frames[at - 1]
    if (current === undefined) return
    slider.value = String(at)
    const text = `${at} of ${frames.length}: ${current.dataset.title}`
    slider.setAttribute('aria-valuetext', text)
    place.textContent = text
    frames.forEach((frame, index) => {
      frame.hidden = index !== at - 1
    })
    drawUntil(player, frames, at)
    markCurrent(current, at)
  }

  /** The link of a node, or the failure at the start. */
  const showNamed = () => {
    const [, number] = /^#frame-(\d+)$/.exec(location.hash) ?? []
    if (number === undefined) return false
    show(Number(number))
    return true
  }

  slider.addEventListener('input', () => show(Number(slider.value)))
  document.getElementById('back')?.addEventListener('click', () => show(Number(slider.value) - 1))
  document.getElementById('forward')?.addEventListener('click', () => show(Number(slider.value) + 1))
  // A link to the node that the address names already changes nothing.
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a[href^="#frame-"]') : null
    const [, number] = /-(\d+)$/.exec(link?.getAttribute('href') ?? '') ?? []
    if (number !== undefined) show(Number(number))
  })
  addEventListener('hashchange', () => {
    if (showNamed()) player.scrollIntoView({ block: 'nearest' })
    openSource()
  })
  document.addEventListener('keydown', (event) => {
    if (document.activeElement !== document.body || event.altKey || event.ctrlKey || event.metaKey) return
    const now = Number(slider.value)
    const targets = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 1, End: frames.length }
    const target = Object.entries(targets).find(([key]) => key === event.key)?.[1]
    if (target === undefined) return
    event.preventDefault()
    show(target)
  })
  if (!showNamed()) show(Number(slider.dataset.first ?? frames.length))
  openSource()
}

/** Opens the script around a line that a link names. */
function openSource() {
  const line = location.hash === '' ? null : document.getElementById(location.hash.slice(1))
  const script = line?.closest('details')
  if (script == null || line === null) return
  script.open = true
  line.scrollIntoView({ block: 'center' })
}

/**
 * Colours what had run by then in the pictures, and shows the picture of each party's newest node.
 *
 * @param {HTMLElement} player
 * @param {HTMLElement[]} frames
 * @param {number} at
 */
function drawUntil(player, frames, at) {
  const past = frames.slice(0, at)
  for (const party of elementsIn(player, '.party')) {
    const own = past.filter(({ dataset }) => dataset.lane === party.dataset.lane)
    const all = frames.filter(({ dataset }) => dataset.lane === party.dataset.lane)
    const newest = own.at(-1) ?? all[0]
    for (const picture of elementsIn(party, '.picture')) {
      const { journey } = picture.dataset
      picture.hidden = journey !== newest?.dataset.journey
      const here = own.filter(({ dataset }) => dataset.journey === journey)
      draw(picture, here, { newest, isOver: own.length === all.length, isCurrent: newest === frames[at - 1] })
    }
  }
}

/**
 * @param {HTMLElement} picture
 * @param {HTMLElement[]} past
 * @param {{ newest: HTMLElement | undefined, isOver: boolean, isCurrent: boolean }} state
 */
function draw(picture, past, { newest, isOver, isCurrent }) {
  const visited = new Set(past.map(({ dataset }) => dataset.node))
  const entered = new Set(
    past.filter(({ dataset }) => dataset.result === 'entered').map(({ dataset }) => dataset.node),
  )
  const taken = new Set(past.map(({ dataset }) => `${dataset.node} ${dataset.outcome}`))
  const isNow = (/** @type {string | undefined} */ node) =>
    isOnPicture(picture, newest) && newest?.dataset.node === node
  for (const node of elementsIn(picture, '.node')) {
    setState(node, visited.has(node.dataset.node))
    node.classList.toggle('current', isNow(node.dataset.node))
    node.classList.toggle('here', isCurrent && isNow(node.dataset.node))
    for (const outcome of elementsIn(node, '.outcome')) {
      setState(outcome, taken.has(`${node.dataset.node} ${outcome.dataset.outcome}`))
    }
  }
  for (const line of elementsIn(picture, '.lane')) {
    const { from, outcome, to } = line.dataset
    const wasEverTaken = setOnce(line)
    const returned = entered.has(from) && wasEverTaken && (visited.has(to) || isOver)
    const started = outcome === '' && past.length > 0
    setState(line, taken.has(`${from} ${outcome}`) || returned || started)
    line.classList.toggle('current', isNow(from) && outcome !== '' && outcome === newest?.dataset.outcome)
  }
  centre(picture)
  for (const end of elementsIn(picture, '.end')) {
    const wasEverReached = setOnce(end)
    setState(end, wasEverReached && (end.classList.contains('start') ? past.length > 0 : isOver))
  }
}

/**
 * Brings the current node of a picture into view, without moving the page.
 *
 * @param {HTMLElement} picture
 */
function centre(picture) {
  const board = picture.querySelector('.board')
  const node = picture.querySelector('.node.current')
  if (board === null || node === null) return
  const [outer, inner] = [board.getBoundingClientRect(), node.getBoundingClientRect()]
  board.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
  board.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2
}

/**
 * @param {HTMLElement} picture
 * @param {HTMLElement | undefined} frame
 */
function isOnPicture(picture, frame) {
  return frame?.dataset.lane === picture.dataset.lane && frame?.dataset.journey === picture.dataset.journey
}

/**
 * Whether the walk took a connection or reached an end at all, as the page was written.
 *
 * @param {HTMLElement} element
 */
function setOnce(element) {
  element.dataset.taken ??= String(element.classList.contains('covered'))
  return element.dataset.taken === 'true'
}

/**
 * @param {HTMLElement} element
 * @param {boolean} isCovered
 */
function setState(element, isCovered) {
  if (element.classList.contains('unreachable')) return
  element.classList.toggle('covered', isCovered)
  element.classList.toggle('uncovered', !isCovered)
}

/**
 * Marks the current node in the list of events, and the line of its step.
 *
 * @param {HTMLElement} frame
 * @param {number} at
 */
function markCurrent(frame, at) {
  for (const link of elementsIn(document, '.ran a')) {
    if (link.getAttribute('href') === `#frame-${at}`) link.setAttribute('aria-current', 'step')
    else link.removeAttribute('aria-current')
  }
  for (const old of elementsIn(document, '.now')) old.classList.remove('now')
  const event = document.getElementById(`event-${frame.dataset.event}`)
  event?.classList.add('now')
  document.getElementById(`walk-${event?.dataset.line}`)?.classList.add('now')
}

/**
 * Elements with `dataset` and `hidden`: those of SVG have the first.
 *
 * @param {ParentNode} container
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function elementsIn(container, selector) {
  return [...container.querySelectorAll(/** @type {keyof HTMLElementTagNameMap} */ (selector))]
}
