// Finds the tshark (Wireshark without a window) against which the reading of packets is checked.
import { findOrInstall, firstThatExists } from './debian.mjs';

const SYSTEM = [
  '/usr/bin/tshark',
  '/usr/local/bin/tshark',
  '/opt/homebrew/bin/tshark',
  '/Applications/Wireshark.app/Contents/MacOS/tshark',
];
const HELP = `What is read here is compared with what Wireshark reads, and no tshark was found. Do one of these:
  apt-get install tshark                 (Debian, Ubuntu; as root)
  TSHARK_PATH=/path/to/tshark npm test   (one that you have; it comes with Wireshark)`;

/** Path of a tshark that exists: TSHARK_PATH, or the system's. Empty when there is none. */
export const findTshark = () => firstThatExists([process.env.TSHARK_PATH ?? '', ...SYSTEM]);

/** As `findTshark`, but installs Debian's package if that is possible, and throws an error that says what to do if it is not. */
export const findOrInstallTshark = () => findOrInstall({ find: findTshark, package: 'tshark', help: HELP });
