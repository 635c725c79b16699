namespace Dispatch.Api.Access;

/// <summary>Everything anybody can ask for, as far as rights tell it apart. One row each in <see cref="AccessPolicy"/>.</summary>
public enum Act
{
    /// <summary>Sign in.</summary>
    SignIn,
    /// <summary>Read what the house offers, and its clock.</summary>
    ReadCatalogue,
    /// <summary>Ask for a repair.</summary>
    RequestJob,
    /// <summary>Say oneself what a repair needs instead of what its category implies.</summary>
    StateNeeds,
    /// <summary>See lists of jobs.</summary>
    ListJobs,
    /// <summary>See one job and the present state of its stream.</summary>
    ReadJob,
    /// <summary>Follow a job's stream. A tracking token sees it redacted.</summary>
    FollowJob,
    /// <summary>See everything that happened to a job and why it was planned so.</summary>
    ReadJobHistory,
    /// <summary>See name, phone and address of the customer.</summary>
    ReadContact,
    /// <summary>Triage, offer by hand, reassign.</summary>
    DirectJob,
    /// <summary>Change the plan of several technicians at once, and see what became of it.</summary>
    ChangePlan,
    /// <summary>Answer an offer. Whether it is theirs is the job's own decision.</summary>
    AnswerOffer,
    /// <summary>Report a step of the work. Whether it is theirs is the job's own decision.</summary>
    ReportStep,
    /// <summary>Call a job off, or move it to other windows.</summary>
    ChangeJob,
    /// <summary>Correct or add the number of a job's device.</summary>
    CorrectDevice,
    /// <summary>Look at a job through its tracking link.</summary>
    Track,
    /// <summary>Give a customer a new tracking link, or withdraw the one they have.</summary>
    ChangeLink,
    /// <summary>Add technicians.</summary>
    RegisterTechnician,
    /// <summary>See lists of technicians.</summary>
    ListTechnicians,
    /// <summary>See one technician and follow their stream.</summary>
    ReadTechnician,
    /// <summary>Begin and end duty.</summary>
    SetDuty,
    /// <summary>Say where one is.</summary>
    ReportPosition,
    /// <summary>Report the call at the depot.</summary>
    ReportDepotCall,
    /// <summary>Define service points.</summary>
    DefinePoint,
    /// <summary>See service points and follow their streams.</summary>
    ReadPoint,
    /// <summary>Print the label of a parcel, which names the customer and the address.</summary>
    PrintLabel,
    /// <summary>Report a step at a service point. Whether the job is there is its own decision.</summary>
    ReportBenchStep,
    /// <summary>See parcels to be moved, and say what became of them.</summary>
    MoveParcels,
    /// <summary>Add accounts of staff and carriers.</summary>
    AddAccount,
    /// <summary>Define zones.</summary>
    DefineZone,
    /// <summary>See zones and their plans, follow their streams.</summary>
    ReadZone,
    /// <summary>See what customers were told.</summary>
    ReadMessages,
    /// <summary>Have a failed message sent again.</summary>
    ResendMessage,
    /// <summary>Ask what is owed, go through the self-diagnosis, compare modes.</summary>
    AskWhatIsOwed,
    /// <summary>Name segment and contract instead of the usual one.</summary>
    StateTerms,
    /// <summary>See devices of the register with their history.</summary>
    ReadDevice,
    /// <summary>Enter devices and their owners.</summary>
    RegisterDevice,
    /// <summary>Begin an exchange and do its steps. For which desk depends on the role.</summary>
    RunExchange,
    /// <summary>See exchanges that wait at a desk. Which desks depends on the role.</summary>
    ReadExchanges,
    /// <summary>Say what a repair would cost. Whether the job is where that can be said is its own decision.</summary>
    GiveQuote,
    /// <summary>Say yes or no to a quote, or write down what the customer said.</summary>
    AnswerQuote,
    /// <summary>See what a job costs the house, and its margin.</summary>
    ReadCosts,
    /// <summary>Ask for a consultation.</summary>
    OpenContact,
    /// <summary>Say which way a customer has come, and on whose behalf.</summary>
    StateChannel,
    /// <summary>See the queue of the service desk and follow its stream.</summary>
    ReadDesk,
    /// <summary>See one contact with its words, and say something in it.</summary>
    FollowContact,
    /// <summary>Work at the service desk: contacts, call-backs, complaints.</summary>
    WorkDesk,
    /// <summary>Ask the second line.</summary>
    AskExpert,
    /// <summary>See questions to the second line.</summary>
    ReadEscalation,
    /// <summary>Answer for the second line.</summary>
    AnswerExpert,
    /// <summary>See where technicians are.</summary>
    WatchPositions,
}
