// Small comforts. Every page works without them.
import "htmx.org";
import "./theme.scss";
import "./appearance.js";
import "./drafts.js";
import "./submitting.js";
import "./account.js";
import "./inbox.js";
import "./copy.js";
import "./pairing.js";
import "./hall-timer.js";
