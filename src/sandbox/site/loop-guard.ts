/** The global function that instrumented loops call; its argument is the widget's code. */
export const loopGuardName = '__loopGuard';

/**
 * Defines {@link loopGuardName} in a page. A task in which the loops of one widget have run for more than 5 s is
 * stopped by an error, and so is every loop of that widget until the task has ended: a `catch` around the first
 * error must not go on for ever.
 *
 * The clock is read at every 64th turn, and at every turn while turns are slow. Between two readings no more than a
 * second counts, so that a stop in the debugger is not held against the widget. Each widget has a clock of its own;
 * they are set back when the task is over, which a message tells.
 */
export const loopGuardScript = `(function () {
  var limit = 5000, longest = 1000, turns = 64, slow = 20;
  var clock = performance.now.bind(performance);
  var channel = new MessageChannel();
  var clocks = Object.create(null), running = false;
  channel.port1.onmessage = function () { clocks = Object.create(null); running = false; };
  function stop(code) {
    throw new Error(code + ': a loop did not end within ' + limit / 1000 + ' s and was stopped by the sandbox');
  }
  function read(code, state) {
    var now = clock(), passed = now - state.read;
    state.read = now;
    state.spent += Math.min(passed, longest);
    state.left = passed > slow ? 1 : turns;
    if (state.spent > limit) { state.left = 1; stop(code); }
  }
  function guard(code) {
    var state = clocks[code];
    if (state === undefined) {
      clocks[code] = { read: clock(), spent: 0, left: 1 };
      if (!running) { running = true; channel.port2.postMessage(0); }
    } else if (--state.left <= 0) read(code, state);
  }
  Object.defineProperty(window, '${loopGuardName}', { value: guard });
})();`;
