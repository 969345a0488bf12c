/** A line of this length nobody writes by hand. */
const longLine = 1000;

/**
 * Whether a stylesheet is somebody's package and not written for the widget: its name or folder says so, it begins
 * with a banner that is kept through minification, or it is minified.
 */
export function isVendorSheet(name: string, text: string): boolean {
  return (
    /(?:^|[/._-])(?:vendors?|min|bundle)\.(?:.*\.)?css$/i.test(name) ||
    /(?:^|\/)(?:vendors?|libs?|plugins|node_modules|third-party)\//i.test(name) ||
    /^\s*\/\*!/.test(text) ||
    hasLongLine(text)
  );
}

function hasLongLine(text: string): boolean {
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end);
    // A picture within the sheet is long as well.
    if (line.length > longLine && !/url\(\s*["']?data:/i.test(line)) return true;
    if (end === -1) return false;
    start = end + 1;
  }
  return false;
}
