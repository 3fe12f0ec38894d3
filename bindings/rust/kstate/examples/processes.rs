use kstate::Target;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "memory.dmp".into());
    let target = Target::open(path)?;
    for process in target.processes()? {
        let process = process?;
        // a member that the memory does not tell is None
        let pid = process.pid().map_or("?".into(), |pid| pid.to_string());
        println!(
            "{pid:>6}  {:#x}  {}",
            process.address(),
            process.name().unwrap_or("?".into())
        );
    }
    Ok(())
}
